import type { Readable } from 'node:stream';
import type { ProcError } from '../errors/proc-error.js';
import type { StandardSchema } from './schema.js';
import type { TerminationReason } from './termination-reason.js';

/** Which captured stream is meant. */
export type StreamName = 'stdout' | 'stderr';

/** Runs before a failure is thrown; what it returns is ignored. */
export type ThrowCallback = (result: ProcessResult, error: ProcError) => void;

/** How a run ended, and what it printed. The same shape for every ending, a failed start included. */
export interface ProcessResult {
  /** The command, quoted so that it can be pasted into a shell. */
  readonly command: string;
  /** `undefined` when nothing was started. */
  readonly pid: number | undefined;
  /** `null` when a signal ended it, when it did not start, or while it still runs. */
  readonly exitCode: number | null;
  /** The signal that ended it; `null` when none did. */
  readonly signal: NodeJS.Signals | null;
  /** The exit code or the signal in words, e.g. `Command not found`. */
  readonly exitText: string;
  /** What a shell would report: the exit code, 128 + n for signal n, 127 or 126 for a failed start. */
  readonly shellCode: number;
  /** Standard output as text; `''` when it was not kept. */
  readonly stdout: string;
  /** Standard error as text; `''` when it was not kept. */
  readonly stderr: string;
  /** Same as `stdout`. */
  output(): string;
  /** Same as `stderr`. */
  errorOutput(): string;
  /** The bytes exactly as they were printed. */
  bytes(stream?: StreamName): Buffer;
  /** The bytes as a stream: for output that is larger than a string or a buffer can be. */
  stream(stream?: StreamName): Readable;
  /** Text split at line ends (LF or CRLF); a final line end makes no empty line. */
  lines(stream?: StreamName): string[];
  /**
   * stdout parsed as JSON, and validated when a schema is given (synchronous validation only).
   *
   * @throws {@link OutputFormatError} when it is no JSON or does not fit the schema
   */
  json<T = unknown>(schema?: StandardSchema<T>): T;
  /** Exit code exactly 0, and no error. */
  successful(): boolean;
  /** Not {@link successful}. */
  failed(): boolean;
  /** Whether standard output contains a text, or something that a pattern matches. */
  seeInOutput(text: string | RegExp): boolean;
  /** Whether standard error does. */
  seeInErrorOutput(text: string | RegExp): boolean;
  /**
   * Returns itself after a success.
   *
   * @throws the error that ended the run, else {@link ProcessSignaledError} or {@link ProcessFailedError};
   *   `callback` runs first
   */
  throw(callback?: ThrowCallback): this;
  /** As {@link throw}, if the condition holds as well; `callback` runs only then. */
  throwIf(condition: boolean | ((result: this) => boolean), callback?: ThrowCallback): this;
  /** As {@link throw}, if the condition does not hold. */
  throwUnless(condition: boolean | ((result: this) => boolean), callback?: ThrowCallback): this;
  /** When this attempt was started, or failed to be. */
  readonly startedAt: Date;
  /** When the process had ended and its output was read; `null` while it runs. */
  readonly endedAt: Date | null;
  /** Monotonic; from the start to the end of this attempt. */
  readonly durationMs: number;
  /** How many attempts it took, this one included. */
  readonly attempts: number;
  /** Why it was ended, e.g. `timedOut` or `stopped`; `null` when it simply exited. */
  readonly reason: TerminationReason | null;
  /** What a rejected run rejects with; `null` after an exit or a signal. */
  readonly error: ProcError | null;
  /** Its timeout, or its idle timeout, has ended it. */
  readonly timedOut: boolean;
  /** An abort, a veto or the shutdown of the manager has ended it. */
  readonly cancelled: boolean;
  /** A descendant still held the output open after the exit; what it prints later is not here. */
  readonly outputHeldOpen: boolean;
  /** Not everything that was printed is kept. */
  readonly outputTruncated: boolean;
  /** What `tag()` has said of the run. */
  readonly tag: string | null;
  /** What `meta()` has said of the run. */
  readonly meta: Readonly<Record<string, unknown>>;
  /** The output without its final line end (and without secrets), so that a result can be put into a text. */
  toString(): string;
  /** The result as plain data without secrets, for logs: output is cut to the last 64 KiB of each stream. */
  toJSON(): ProcessResultJson;
}

/** A result as plain data. Output is cut to the last 64 KiB of each stream. */
export interface ProcessResultJson {
  readonly command: string;
  readonly pid: number | undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly reason: TerminationReason | null;
  readonly error: { readonly code: string; readonly message: string } | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly durationMs: number;
  readonly attempts: number;
  readonly outputHeldOpen: boolean;
  readonly outputTruncated: boolean;
  readonly tag: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
}
