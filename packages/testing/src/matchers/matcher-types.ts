import type { OutputType, ProcessResult, RunningProcess } from '@proc/core';
import type { CommandMatcher } from '../matching/command-matcher.js';

/**
 * What an output is to be: a text (exactly this, but for the line end at its end; `*` stands for anything), a list of
 * lines, a RegExp that is found in it, or whatever a function says of it.
 */
export type OutputMatcher = string | RegExp | readonly string[] | ((output: string) => boolean);

/** Of a process that runs, the end is waited for: then the matcher has to be awaited. */
export type OnceEnded<R, T> = T extends RunningProcess ? Promise<void> : R;

/** A process or a result is asked for a signal, everything else for a command and a signal. */
export type SignalledArguments<T> = T extends RunningProcess | ProcessResult
  ? [signal?: NodeJS.Signals | number]
  : [command: CommandMatcher, signal?: NodeJS.Signals | number];

/**
 * The matchers, in the words of any runner. Commands are given as for the assertions (`assertRan`).
 *
 * @typeParam R - what a matcher returns there
 * @typeParam T - what is expected of: a manager, the facade `Process`, an application, what `fakeProcesses` returns, a
 *   result or a running process; what `fakeWorkers` of `@proc/workers/testing` returns has the first three, for tasks
 */
export interface ProcessMatchers<R, T> {
  /** Such a process has run. Asked of everything but a result or a process. */
  toHaveRun(command: CommandMatcher): R;
  /** It has run exactly so often; each attempt of a retried run counts. */
  toHaveRunTimes(command: CommandMatcher, times: number): R;
  /** Exactly these have run, in this order. */
  toHaveRunInOrder(commands: readonly CommandMatcher[]): R;
  /** It ended with exit code 0, and without an error. Asked of a result or a process. */
  toHaveSucceeded(): OnceEnded<R, T>;
  /** It ended with this exit code. Asked of a result or a process. */
  toHaveExitedWith(exitCode: number): OnceEnded<R, T>;
  /** It has printed this: a result in all, a running process so far. Default: to stdout. */
  toHaveOutput(output: OutputMatcher, stream?: OutputType): R;
  /** It was sent this signal, or any; a result: it was ended by it. */
  toHaveBeenSignalled(...which: SignalledArguments<T>): R;
  /** Nothing that was started runs on, not even in the background of its group. */
  toHaveLeftNoProcesses(): R;
}
