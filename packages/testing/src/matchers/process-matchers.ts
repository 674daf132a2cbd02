import { InvalidArgumentError, type OutputType, type RunningProcess } from '@proc/core';
import { types } from 'node:util';
import { ran, ranInOrder, ranTimes, signalled } from '../assertions/ran-verdicts.js';
import type { Verdict } from '../assertions/verdict.js';
import { leftNothing } from '../leaks/left-nothing.js';
import type { CommandMatcher } from '../matching/command-matcher.js';
import { fakesInUse } from '../runners/fakes-in-use.js';
import type { OutputMatcher, ProcessMatchers } from './matcher-types.js';
import {
  endedBySignal,
  exitedWith,
  hasOutput,
  printedBy,
  redactorOf,
  succeeded,
} from './result-verdicts.js';
import { fakesOf, isResult, isRunning, neither, resultOf, verdictOf } from './subjects.js';

type Signal = NodeJS.Signals | number;
type Judge = (subject: unknown, ...args: never[]) => Verdict | Promise<Verdict>;

/**
 * The matchers of all runners: each judges a subject.
 *
 * @throws {@link InvalidArgumentError} for a subject that can not be asked this
 * @throws {@link AssertionFailedError} where nothing is recorded: then neither the one nor its opposite can be said
 */
export const processMatchers = {
  toHaveRun: (subject: unknown, command: CommandMatcher) =>
    verdictOf(subject, 'toHaveRun', [command]) ?? ran(fakesOf(subject).recording(), command),

  toHaveRunTimes: (subject: unknown, command: CommandMatcher, times: number) =>
    verdictOf(subject, 'toHaveRunTimes', [command, times]) ??
    ranTimes(fakesOf(subject).recording(), command, times),

  toHaveRunInOrder: (subject: unknown, commands: readonly CommandMatcher[]) =>
    verdictOf(subject, 'toHaveRunInOrder', [commands]) ??
    ranInOrder(fakesOf(subject).recording(), commands),

  toHaveSucceeded: (subject: unknown) => whenKnown(resultOf(subject), succeeded),

  toHaveExitedWith: (subject: unknown, exitCode: number) =>
    whenKnown(resultOf(subject), (result) => exitedWith(result, exitCode)),

  toHaveOutput: (subject: unknown, output: OutputMatcher, stream: OutputType = 'out') => {
    if (isResult(subject)) return hasOutput(printedBy(subject, stream), output, stream);
    if (!isRunning(subject)) throw neither();
    const text = stream === 'out' ? subject.output() : subject.errorOutput();
    const printed = { command: subject.command, text, redact: redactorOf(subject) };
    return hasOutput(printed, output, stream);
  },

  toHaveBeenSignalled: (subject: unknown, first?: CommandMatcher | number, second?: Signal) => {
    if (isResult(subject)) return endedBySignal(subject, first as Signal | undefined);
    if (isRunning(subject)) return processSignalled(subject, first as Signal | undefined);
    if (first === undefined || typeof first === 'number') {
      throw new InvalidArgumentError('Say which command is to have been signalled.');
    }
    return signalled(fakesOf(subject).recording(), first, second);
  },

  toHaveLeftNoProcesses: (subject: unknown) => leftNothing(fakesOf(subject).manager),
} as const satisfies Readonly<Record<keyof ProcessMatchers<void, unknown>, Judge>>;

function whenKnown<T>(
  value: T | Promise<T>,
  judge: (value: T) => Verdict,
): Verdict | Promise<Verdict> {
  return types.isPromise(value) ? value.then(judge) : judge(value);
}

/** A process itself does not know what it was sent; who records it does. */
function processSignalled({ pid, command }: RunningProcess, signal: Signal | undefined): Verdict {
  const recorded = fakesInUse()
    .flatMap((fakes) => fakes.recorded())
    .filter((process) => process.pid === pid && process.command === command);
  if (recorded.length === 0) {
    throw new InvalidArgumentError(
      `The signals of ${command} are not known: it is no fake, and spy() was not called before it started.`,
    );
  }
  return signalled(recorded, command, signal);
}
