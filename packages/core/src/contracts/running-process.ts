import type { Readable } from 'node:stream';
import type { Secret } from '../redaction/secret.js';
import type { Duration } from './duration.js';
import type { MessagePeer } from './message-peer.js';
import type { OutputCallback, OutputType } from './output-callback.js';
import type { ProcessResult } from './process-result.js';
import type { StandardSchema } from './schema.js';
import type { ProcessStatus } from './termination-reason.js';

/** A piece of output with its origin; `at` is the monotonic time of arrival (`performance.now()`). */
export interface OutputChunk {
  /** The stream: `out` or `err`. */
  readonly type: OutputType;
  /** Decoded text of any length; not a line. */
  readonly chunk: string;
  /** Milliseconds, as of `performance.now()`. */
  readonly at: number;
}

/** Which output to iterate over; default: stdout. */
export interface IterationOptions {
  readonly stream?: OutputType | 'both';
}

/** Decides whether enough was printed: text to contain, a pattern to match, or a test of each chunk. */
export type OutputTest = string | RegExp | ((type: OutputType, text: string) => boolean);

/**
 * A started process. Not a thenable: an `async` function can return one without waiting for its end.
 *
 * Its timeouts run by themselves. Disposing (`await using`) stops it.
 */
export interface RunningProcess extends MessagePeer, AsyncDisposable, AsyncIterable<string> {
  /** Unique within this application, stable over the whole run. */
  readonly id: string;
  /** `undefined` where there is none on this machine; stays when the process has ended. */
  readonly pid: number | undefined;
  /** The command, quoted so that it can be pasted into a shell, without secrets. */
  readonly command: string;
  /** Name of the driver that has started it. */
  readonly driver: string;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Whether the process has not ended yet. */
  running(): boolean;
  /** Where it is in its life: `running`, `exited`, or why it was ended. */
  status(): ProcessStatus;
  /** Everything printed so far; `''` when nothing is kept. */
  output(): string;
  /** The same of standard error. */
  errorOutput(): string;
  /** What was printed since the last call of the same method. */
  latestOutput(): string;
  /** The same of standard error. */
  latestErrorOutput(): string;
  /**
   * Lines without their ends, from the first one printed, however late the iteration starts. A slow reader slows
   * the program down; leaving the loop leaves the process alone. Rejects at the end as {@link wait} does.
   */
  lines(options?: IterationOptions): AsyncIterableIterator<string>;
  /**
   * The values of lines of JSON (NDJSON), each validated when a schema is given, which may be asynchronous; empty lines
   * are passed over. Otherwise as {@link lines}.
   *
   * @throws {@link OutputFormatError} for a line that is none or does not fit; the process runs on
   */
  jsonLines<T = unknown>(
    schema?: StandardSchema<T>,
    options?: IterationOptions,
  ): AsyncIterableIterator<T>;
  /** Chunks in order of arrival, of both streams unless one is chosen. */
  chunks(options?: IterationOptions): AsyncIterableIterator<OutputChunk>;
  /**
   * The stream as it arrives from the first time on that this is asked for, beside what is captured; `null` when it is
   * not captured. Nothing of it is lost to who reads later, so who asks for it has to read it, or to `destroy()` it: a
   * stream that nobody reads holds the program back once its buffer is full, as that of a child of Node does.
   */
  readonly stdout: Readable | null;
  /** The same of its standard error; `null` also with `mergeStderr()`. */
  readonly stderr: Readable | null;
  /**
   * Writes to the standard input; resolves when the program may be sent more.
   *
   * @throws {@link InvalidArgumentError} when the process was not made `interactive()`
   * @throws {@link InputClosedError} when the program no longer reads
   */
  write(data: string | Uint8Array | Secret): Promise<void>;
  /** Ends the standard input, when all that was written has been taken. Idempotent. */
  closeInput(): Promise<void>;
  /**
   * Waits for a pattern on stdout or stderr, beginning after the previous match; nothing printed earlier is missed.
   *
   * @throws {@link ExpectationError} when the process ends or `timeout` passes without it
   */
  expect(pattern: string | RegExp, timeout?: Duration): Promise<RegExpMatchArray>;
  /**
   * Waits for the end. A callback given here takes the place of the one given at the start; where there was none, it
   * begins with the first output that no callback (of {@link waitUntil} either) has been shown.
   *
   * @throws the typed error of a timeout, cancellation, output limit, callback or input source; a non-zero exit
   *   and a signal are results
   */
  wait(onOutput?: OutputCallback): Promise<ProcessResult>;
  /**
   * Waits until the output passes the test or the process ends, whichever is first; output printed before the call
   * counts. Without a test it is {@link wait}. While the process runs on, the result's `exitCode` is `null`.
   */
  waitUntil(test?: OutputTest, timeout?: Duration): Promise<ProcessResult>;
  /** Resolves at the end of the run; never rejects. */
  readonly exitCode: Promise<number | null>;
  /**
   * Sends a signal to the process group.
   *
   * @throws {@link InvalidArgumentError} for an unknown signal
   * @throws {@link ProcessNotRunningError} when it has ended
   */
  signal(signal: NodeJS.Signals | number): this;
  /** As {@link signal}, but tells whether it was sent instead of throwing. Signal 0 only asks. */
  kill(signal?: NodeJS.Signals | number): boolean;
  /**
   * Ends the process: `signal` (default: the specification's), then SIGKILL after `grace`; resolves when it is gone.
   * Idempotent, and harmless after the end. Never rejects because of how the process ended.
   */
  stop(grace?: Duration, signal?: NodeJS.Signals | number): Promise<ProcessResult>;
  /** Throws the timeout error if a timeout has ended the process; else does nothing. */
  ensureNotTimedOut(): void;
}

/** A process of a manager as plain data. */
export interface ProcessSnapshot {
  /** That of the {@link RunningProcess}. */
  readonly id: string;
  /** `undefined` where there is none on this machine. */
  readonly pid: number | undefined;
  /** The command, quoted so that it can be pasted into a shell, without secrets. */
  readonly command: string;
  /** Name of the driver that has started it. */
  readonly driver: string;
  /** Where it is in its life. */
  readonly status: ProcessStatus;
  /** `null` while it runs, or when a signal has ended it. */
  readonly exitCode: number | null;
  /** `null` while it runs, or when it has exited. */
  readonly signal: NodeJS.Signals | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** Milliseconds from its start to its end, or until now. */
  readonly durationMs: number;
  /** What `tag()` has said of the run. */
  readonly tag: string | null;
  /** What `meta()` has said of the run. */
  readonly meta: Readonly<Record<string, unknown>>;
}
