import { inspect } from 'node:util';
import type { Readable } from 'node:stream';
import { splitLines } from '../capture/line-splitter.js';
import type { RetainedOutput } from '../capture/retained-output.js';
import { commandLine } from '../command/quote.js';
import type {
  ProcessResult,
  ProcessResultJson,
  StreamName,
  ThrowCallback,
} from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { StandardSchema } from '../contracts/schema.js';
import type { TerminationReason } from '../contracts/termination-reason.js';
import { attachResult } from '../errors/process-error.js';
import { OutputFormatError } from '../errors/output-format-error.js';
import type { ProcError } from '../errors/proc-error.js';
import { signalNumber } from '../termination/signals.js';
import { unsuccessfulError, type OutputTails } from './ending-error.js';
import type { Ending } from './ending.js';
import { exitText } from './exit-text.js';
import { parseJson } from './parse-json.js';

/** What a result is made of. */
export interface ResultParts {
  readonly spec: ProcessSpec;
  readonly pid: number | undefined;
  readonly ending: Ending;
  readonly error: ProcError | null;
  readonly stdout: RetainedOutput;
  readonly stderr: RetainedOutput;
  readonly truncated: boolean;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly attempts: number;
}

const TAIL_BYTES = 8 * 1024;
const JSON_TAIL_BYTES = 64 * 1024;

/** The result of a run whose output was captured. */
export class CapturedResult implements ProcessResult {
  readonly #parts: ResultParts;

  constructor(parts: ResultParts) {
    this.#parts = parts;
    if (parts.error !== null) attachResult(parts.error, this);
  }

  get command(): string {
    return commandLine(this.#parts.spec.command);
  }
  get pid(): number | undefined {
    return this.#parts.pid;
  }
  get exitCode(): number | null {
    return this.#parts.ending.exitCode;
  }
  get signal(): NodeJS.Signals | null {
    return this.#parts.ending.signal;
  }
  get exitText(): string {
    return exitText(this.exitCode, this.signal);
  }
  get shellCode(): number {
    if (this.exitCode !== null) return this.exitCode;
    if (this.signal !== null) return 128 + signalNumber(this.signal);
    return this.error?.code === 'ERR_PROC_COMMAND_NOT_FOUND' ? 127 : 126;
  }
  get stdout(): string {
    return this.#text('stdout');
  }
  get stderr(): string {
    return this.#text('stderr');
  }
  get startedAt(): Date {
    return this.#parts.startedAt;
  }
  get endedAt(): Date | null {
    return this.#parts.endedAt;
  }
  get durationMs(): number {
    return this.#parts.ending.durationMs;
  }
  get attempts(): number {
    return this.#parts.attempts;
  }
  get reason(): TerminationReason | null {
    return this.#parts.ending.reason;
  }
  get error(): ProcError | null {
    return this.#parts.error;
  }
  get timedOut(): boolean {
    return this.reason === 'timedOut' || this.reason === 'idleTimedOut';
  }
  get cancelled(): boolean {
    return this.reason === 'cancelled';
  }
  get outputHeldOpen(): boolean {
    return this.#parts.ending.outputHeldOpen;
  }
  get outputTruncated(): boolean {
    return this.#parts.truncated;
  }
  get tag(): string | null {
    return this.#parts.spec.tag;
  }
  get meta(): Readonly<Record<string, unknown>> {
    return this.#parts.spec.meta;
  }

  output(): string {
    return this.stdout;
  }

  errorOutput(): string {
    return this.stderr;
  }

  bytes(stream: StreamName = 'stdout'): Buffer {
    return this.#parts[stream].bytes();
  }

  stream(stream: StreamName = 'stdout'): Readable {
    return this.#parts[stream].stream();
  }

  lines(stream: StreamName = 'stdout'): string[] {
    return splitLines(this.#text(stream));
  }

  json<T = unknown>(schema?: StandardSchema<T>): T {
    return parseJson(this.#parts.spec, this.stdout, schema, this.#tails().stderr);
  }

  successful(): boolean {
    return this.exitCode === 0 && this.error === null;
  }

  failed(): boolean {
    return !this.successful();
  }

  seeInOutput(text: string | RegExp): boolean {
    return contains(this.stdout, text);
  }

  seeInErrorOutput(text: string | RegExp): boolean {
    return contains(this.stderr, text);
  }

  throw(callback?: ThrowCallback): this {
    if (this.successful()) return this;
    const error = this.error ?? this.#unsuccessful();
    callback?.(this, error);
    throw error;
  }

  throwIf(condition: boolean | ((result: this) => boolean), callback?: ThrowCallback): this {
    const holds = typeof condition === 'function' ? condition(this) : condition;
    return holds ? this.throw(callback) : this;
  }

  throwUnless(condition: boolean | ((result: this) => boolean), callback?: ThrowCallback): this {
    const holds = typeof condition === 'function' ? condition(this) : condition;
    return holds ? this : this.throw(callback);
  }

  toJSON(): ProcessResultJson {
    const { error } = this;
    return {
      command: this.command,
      pid: this.pid,
      exitCode: this.exitCode,
      signal: this.signal,
      reason: this.reason,
      error: error === null ? null : { code: error.code, message: error.message },
      stdout: this.#parts.stdout.tail(JSON_TAIL_BYTES),
      stderr: this.#parts.stderr.tail(JSON_TAIL_BYTES),
      startedAt: this.startedAt.toISOString(),
      endedAt: this.endedAt?.toISOString() ?? null,
      durationMs: this.durationMs,
      attempts: this.attempts,
      outputHeldOpen: this.outputHeldOpen,
      outputTruncated: this.outputTruncated,
      tag: this.tag,
      meta: this.meta,
    };
  }

  [inspect.custom](): unknown {
    return { ...this.toJSON(), ...this.#tails() };
  }

  #text(stream: StreamName): string {
    try {
      return this.#parts[stream].text();
    } catch (cause) {
      throw new OutputFormatError(
        `The ${stream} of "${this.command}" is too large for a string. Use bytes() or stream().`,
        this.#parts.spec,
        { cause },
      );
    }
  }

  #unsuccessful(): ProcError {
    const error = unsuccessfulError(this.#parts.spec, this.#parts.ending, this.#tails());
    attachResult(error, this);
    return error;
  }

  #tails(): OutputTails {
    const { stdout, stderr } = this.#parts;
    return { stdout: stdout.tail(TAIL_BYTES), stderr: stderr.tail(TAIL_BYTES) };
  }
}

function contains(text: string, wanted: string | RegExp): boolean {
  if (typeof wanted === 'string') return text.includes(wanted);
  // A global or sticky pattern remembers where it stopped; a question must not depend on the last one.
  return new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(text);
}
