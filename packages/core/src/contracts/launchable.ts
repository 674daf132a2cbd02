import type { Readable, Writable } from 'node:stream';
import type { CallSite } from '../diagnostics/call-site.js';
import type { SecretTable } from '../redaction/secret-table.js';
import type { Clock } from './clock.js';
import type { Duration } from './duration.js';
import type { OutputCallback } from './output-callback.js';
import type { ProcessResult } from './process-result.js';

/** What the one who launches adds to a command that somebody else described. */
export interface LaunchContext {
  /** Goes to output callbacks and events. */
  readonly key?: string | number;
  /** Hears of its output, beside what the command itself has. */
  readonly onOutput?: OutputCallback | undefined;
  /** Aborting cancels the run, whatever signals it has of its own. */
  readonly signal?: AbortSignal | undefined;
  /** How often it has been launched in vain: its result and its events count on from there. Default: 0. */
  readonly previousAttempts?: number | undefined;
  /** Where the run was asked for; default: where it is launched. Stacks of errors point there. */
  readonly callSite?: CallSite | undefined;
  /**
   * Its messages are kept clean of these secrets too: a stage may print what another one was given. What it is given
   * itself is added.
   */
  readonly secrets?: SecretTable | undefined;
  /** What it measures by, if it has no clock of its own; default: the system's. */
  readonly clock?: Clock | undefined;
  /** Replace the command's own streams, as a pipeline does. */
  readonly stdio?: LaunchStreams | undefined;
}

/** Streams that replace a command's own. */
export interface LaunchStreams {
  /** A descriptor to read from (see `DriverCapabilities.kernelPipes`), or the bytes to be fed. */
  readonly stdin?: { readonly fd: number } | Readable | undefined;
  /**
   * Where stdout goes instead of being captured: a descriptor, or a stream that gets the bytes with back-pressure
   * and is ended at their end. Once that stream is destroyed the program's stdout is closed, so that it ends
   * as a writer without a reader does.
   */
  readonly stdout?: { readonly fd: number } | Writable | undefined;
  /** The same for stderr. A command that merges it into stdout goes by {@link stdout} alone. */
  readonly stderr?: { readonly fd: number } | Writable | undefined;
}

/**
 * Something that can be run and ends with a result: a `PendingProcess`, a `Pipeline`, or your own. Pools run
 * any of them.
 */
export interface Launchable<Result extends ProcessResult = ProcessResult> {
  /** Starts one run. Never throws: every ending, also a failed start, is the value of `outcome`. */
  launch(context?: LaunchContext): Launched<Result>;
  /** `false` where a second launch could not do the same, as when its input can be read only once. */
  readonly repeatable?: boolean;
  /** The command line, for messages. */
  toString(): string;
  /**
   * What it runs, as plain data that can go into JSON, with marks in the place of secrets: two that would run the same
   * thing say the same. Journals of pools recognise an entry by it; without it, by its command line.
   */
  fingerprint?(): unknown;
}

/** A launched run, with all its attempts. */
export interface Launched<Result extends ProcessResult = ProcessResult> {
  /** Never rejects: `result.error` has what went wrong. */
  readonly outcome: Promise<Result>;
  /** `undefined` before it has one, and where there is none on this machine. */
  readonly pid: number | undefined;
  /** Whether it has not come to its end. */
  running(): boolean;
  /** Sends to every process of it; tells whether there was one. */
  signal(signal: NodeJS.Signals | number): boolean;
  /** Ends it, and prevents further attempts. */
  stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<Result>;
}
