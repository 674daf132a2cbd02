import { InvalidArgumentError } from '@proc/core';
import { normalizeSignal, showValue } from '@proc/core/internal';
import { closest } from '../matching/closest.js';
import {
  describeMatcher,
  matchesProcess,
  matcherText,
  requireMatcher,
  type CommandMatcher,
} from '../matching/command-matcher.js';
import type { RecordedProcess } from '../recording/recorded-process.js';
import { describeRecording } from './describe-recording.js';
import { difference } from './difference.js';
import { verdictOn, type Verdict } from './verdict.js';

type Recording = readonly RecordedProcess[];

/** Whether such a process has run. */
export function ran(processes: Recording, matcher: CommandMatcher): Verdict {
  const times = matching(processes, matcher).length;
  const name = describeMatcher(matcher);
  const what =
    times > 0
      ? `Expected ${name} not to have run, but it has run ${count(times)}.`
      : `Expected ${name} to have run, but it has not.`;
  return verdictOn(processes, {
    pass: times > 0,
    message: () => report(what, processes, times > 0 ? undefined : nearest(processes, matcher)),
    expected: times > 0 ? 0 : name,
    actual: times > 0 ? times : commandsOf(processes),
  });
}

/** Whether it has run exactly so often. Each attempt of a run that is retried is a process, and counts. */
export function ranTimes(processes: Recording, matcher: CommandMatcher, times: number): Verdict {
  requireTimes(times);
  const actual = matching(processes, matcher).length;
  const name = describeMatcher(matcher);
  const pass = actual === times;
  const what = pass
    ? `Expected ${name} not to have run ${count(times)}, but that is how often it has run.`
    : `Expected ${name} to have run ${count(times)}, but it has run ${count(actual)}.`;
  return verdictOn(processes, {
    pass,
    message: () => report(what, processes, actual === 0 ? nearest(processes, matcher) : undefined),
    expected: times,
    actual,
  });
}

/** Whether exactly these processes have run, in this order. */
export function ranInOrder(processes: Recording, matchers: readonly CommandMatcher[]): Verdict {
  requireList(matchers);
  const wrong = firstOutOfOrder(processes, matchers);
  const expected = matchers.map(describeMatcher);
  const wanted = expected.map((name, index) => `  ${index + 1}. ${name}`).join('\n');
  const what =
    wrong === undefined
      ? `Expected these processes not to have run in exactly this order, and nothing else:\n${wanted}`
      : `Expected exactly these processes to have run, in this order:\n${wanted}`;
  return verdictOn(processes, {
    pass: wrong === undefined,
    message: () =>
      report(
        what,
        processes,
        wrong === undefined ? undefined : differenceAt(wrong, processes, matchers),
      ),
    expected,
    actual: processes.map(({ command }) => `"${command}"`),
  });
}

/** Whether such a process was sent this signal, or any. */
export function signalled(
  processes: Recording,
  matcher: CommandMatcher,
  signal: NodeJS.Signals | number | undefined,
): Verdict {
  const wanted = signal === undefined ? undefined : normalizeSignal(signal);
  const meant = matching(processes, matcher);
  const got = meant.flatMap(({ signals }) => signals);
  const pass = wanted === undefined ? got.length > 0 : got.includes(wanted);
  const list = got.length === 0 ? 'none' : got.join(', ');
  const instead = meant.length === 0 ? 'but it has not run' : `but it has got ${list}`;
  const what = `Expected ${describeMatcher(matcher)} ${pass ? 'not ' : ''}to have been sent ${wanted ?? 'a signal'}`;
  return verdictOn(processes, {
    pass,
    message: () =>
      report(
        `${what}, ${instead}.`,
        processes,
        meant.length === 0 ? nearest(processes, matcher) : undefined,
      ),
    expected: pass ? [] : (wanted ?? 'a signal'),
    actual: got,
  });
}

function matching(processes: Recording, matcher: CommandMatcher): Recording {
  requireMatcher(matcher);
  return processes.filter((process) => matchesProcess(matcher, process));
}

function requireList(matchers: readonly CommandMatcher[]): void {
  if (!Array.isArray(matchers)) {
    throw new InvalidArgumentError(
      `The processes that have run in an order are given as a list; got ${showValue(matchers)}.`,
    );
  }
  for (const matcher of matchers as readonly unknown[]) requireMatcher(matcher);
}

function requireTimes(times: number): void {
  if (Number.isInteger(times) && times >= 0) return;
  throw new InvalidArgumentError(
    `How often is told by a whole number from 0; got ${showValue(times)}.`,
  );
}

function commandsOf(processes: Recording): readonly string[] {
  return processes.map(({ command }) => command);
}

function report(what: string, processes: Recording, hint: string | undefined): string {
  return [what, describeRecording(processes), ...(hint === undefined ? [] : [hint])].join('\n');
}

/** What ran that is most like what did not, and in what it differs. */
function nearest(processes: Recording, matcher: CommandMatcher): string | undefined {
  const wanted = matcherText(matcher);
  const found = wanted === undefined ? undefined : closest(wanted, commandsOf(processes));
  return wanted === undefined || found === undefined
    ? undefined
    : `The closest:\n${difference(wanted, found)}`;
}

/** The number, from 1 on, of the first that is another one, is missing or is too many. */
function firstOutOfOrder(
  processes: Recording,
  matchers: readonly CommandMatcher[],
): number | undefined {
  for (let index = 0; index < Math.max(processes.length, matchers.length); index++) {
    const [process, matcher] = [processes[index], matchers[index]];
    if (process === undefined || matcher === undefined) return index + 1;
    if (!matchesProcess(matcher, process)) return index + 1;
  }
  return undefined;
}

function differenceAt(
  number: number,
  processes: Recording,
  matchers: readonly CommandMatcher[],
): string {
  const [process, matcher] = [processes[number - 1], matchers[number - 1]];
  if (process === undefined) return `Number ${number} has not run.`;
  if (matcher === undefined) return `Number ${number} was not expected.`;
  const wanted = matcherText(matcher) ?? describeMatcher(matcher);
  return `The first that differs is number ${number}:\n${difference(wanted, process.command)}`;
}

/** `once`, `2 times`. */
function count(times: number): string {
  return times === 1 ? 'once' : `${times} times`;
}
