import { inspect } from 'node:util';
import type { Readable } from 'node:stream';
import { splitLines } from '../capture/line-splitter.js';
import type {
  ProcessResult,
  ProcessResultJson,
  StreamName,
  ThrowCallback,
} from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { StandardSchema } from '../contracts/schema.js';
import type { TerminationReason } from '../contracts/termination-reason.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { OutputFormatError } from '../errors/output-format-error.js';
import type { ProcError } from '../errors/proc-error.js';
import { attachResult } from '../errors/process-error.js';
import { CallSite } from '../diagnostics/call-site.js';
import { ownOnly } from '../kernel/own-only.js';
import { unsuccessfulError, type OutputTails } from '../diagnostics/ending-error.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { parseJson } from './parse-json.js';
import type { KeptOutput, ResultRecord } from './result-record.js';

const STREAMS: readonly StreamName[] = ['stdout', 'stderr'];

const TAIL_BYTES = 8 * 1024;
const JSON_TAIL_BYTES = 64 * 1024;

/** A result made from its facts: all that a result offers follows from them. */
export class RecordedResult implements ProcessResult {
  readonly command: string;
  readonly pid: number | undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly exitText: string;
  readonly shellCode: number;
  declare readonly stdout: string;
  declare readonly stderr: string;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly durationMs: number;
  readonly attempts: number;
  readonly reason: TerminationReason | null;
  readonly error: ProcError | null;
  readonly timedOut: boolean;
  readonly cancelled: boolean;
  readonly outputHeldOpen: boolean;
  readonly outputTruncated: boolean;
  readonly tag: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
  /**
   * Properties of its own, as the others are, so that results can be compared; read when they are asked for. All
   * results share them: with getters of its own each would have a shape of its own, which lives for long.
   */
  static readonly #texts: PropertyDescriptorMap = {
    stdout: readWhenAsked(function (this: RecordedResult) {
      return this.#text('stdout');
    }),
    stderr: readWhenAsked(function (this: RecordedResult) {
      return this.#text('stderr');
    }),
  };

  readonly #record: ResultRecord;
  readonly #spec: ProcessSpec;

  /** @param spec - what the errors that the result throws refer to */
  constructor(record: ResultRecord, spec: ProcessSpec) {
    this.command = record.command;
    this.pid = record.pid;
    this.exitCode = record.exitCode;
    this.signal = record.signal;
    this.exitText = record.exitText;
    this.shellCode = record.shellCode;
    this.startedAt = record.startedAt;
    this.endedAt = record.endedAt;
    this.durationMs = record.durationMs;
    this.attempts = record.attempts;
    this.reason = record.reason;
    this.error = record.error;
    this.timedOut = record.reason === 'timedOut' || record.reason === 'idleTimedOut';
    this.cancelled = record.reason === 'cancelled';
    this.outputHeldOpen = record.outputHeldOpen;
    this.outputTruncated = record.outputTruncated;
    this.tag = record.tag;
    this.meta = record.meta;
    this.#record = record;
    this.#spec = spec;
    Object.defineProperties(this, RecordedResult.#texts);
  }

  /** Bytes that are kept of a stream; `undefined` for a result of another kind. */
  static sizeOf(result: ProcessResult, stream: StreamName): number | undefined {
    return #record in result ? result.#record[stream].size : undefined;
  }

  output(): string {
    return this.stdout;
  }

  errorOutput(): string {
    return this.stderr;
  }

  bytes(stream: StreamName = 'stdout'): Buffer {
    return this.#output(stream).bytes();
  }

  stream(stream: StreamName = 'stdout'): Readable {
    return this.#output(stream).stream();
  }

  lines(stream: StreamName = 'stdout'): string[] {
    return splitLines(this.#text(stream));
  }

  json<T = unknown>(schema?: StandardSchema<T>): T {
    const stderr = (): string => this.#tails().stderr;
    return parseJson({ spec: this.#spec, stderr }, this.stdout, schema);
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
    const error = this.failure();
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
    const secrets = secretsOf(this.#spec);
    return {
      command: this.command,
      pid: this.pid,
      exitCode: this.exitCode,
      signal: this.signal,
      reason: this.reason,
      error: error === null ? null : { code: error.code, message: error.message },
      stdout: this.#record.stdout.tail(JSON_TAIL_BYTES, secrets),
      stderr: this.#record.stderr.tail(JSON_TAIL_BYTES, secrets),
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

  /** The output without its final line end, as a shell's `$(…)`; without secrets, since it may go into a log. */
  toString(): string {
    return this.redact(this.stdout.replace(/\r?\n$/, ''));
  }

  /** A text without the secrets of this run. */
  redact(text: string): string {
    return secretsOf(this.#spec).redact(text);
  }

  [inspect.custom](): unknown {
    return { ...this.toJSON(), ...this.#tails() };
  }

  /** What {@link throw} throws. */
  protected failure(): ProcError {
    if (this.error !== null) return this.error;
    const error = unsuccessfulError(this.#spec, this, this.#tails());
    CallSite.capture().pointTo(error);
    attachResult(error, this);
    return error;
  }

  #tails(): OutputTails {
    const { stdout, stderr } = this.#record;
    const secrets = secretsOf(this.#spec);
    return { stdout: stdout.tail(TAIL_BYTES, secrets), stderr: stderr.tail(TAIL_BYTES, secrets) };
  }

  #output(stream: StreamName): KeptOutput {
    if ((STREAMS as readonly unknown[]).includes(stream)) return this.#record[stream];
    throw new InvalidArgumentError(
      `The streams of a result are 'stdout' and 'stderr', not ${showValue(stream)}.`,
    );
  }

  #text(stream: StreamName): string {
    const kept = this.#output(stream);
    try {
      return kept.text();
    } catch (cause) {
      throw new OutputFormatError(
        `The ${stream} of "${this.command}" is too large for a string. Use bytes() or stream().`,
        this.#spec,
        { cause },
      );
    }
  }
}

function contains(text: string, wanted: string | RegExp): boolean {
  if (typeof wanted === 'string') return text.includes(wanted);
  // A global or sticky pattern remembers where it stopped; a question must not depend on the last one.
  return new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(text);
}

function readWhenAsked(get: (this: RecordedResult) => string): PropertyDescriptor {
  return ownOnly({ get, enumerable: true, configurable: true });
}
