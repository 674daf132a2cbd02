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
import { OutputFormatError } from '../errors/output-format-error.js';
import type { ProcError } from '../errors/proc-error.js';
import { attachResult } from '../errors/process-error.js';
import { CallSite } from '../diagnostics/call-site.js';
import { unsuccessfulError, type OutputTails } from '../diagnostics/ending-error.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { parseJson } from './parse-json.js';
import type { ResultRecord } from './result-record.js';

const TAIL_BYTES = 8 * 1024;
const JSON_TAIL_BYTES = 64 * 1024;

/** A result made from its facts: all that a result offers follows from them. */
export class RecordedResult implements ProcessResult {
  readonly #record: ResultRecord;
  readonly #spec: ProcessSpec;

  /** @param spec - what the errors that the result throws refer to */
  constructor(record: ResultRecord, spec: ProcessSpec) {
    this.#record = record;
    this.#spec = spec;
  }

  get command(): string {
    return this.#record.command;
  }
  get pid(): number | undefined {
    return this.#record.pid;
  }
  get exitCode(): number | null {
    return this.#record.exitCode;
  }
  get signal(): NodeJS.Signals | null {
    return this.#record.signal;
  }
  get exitText(): string {
    return this.#record.exitText;
  }
  get shellCode(): number {
    return this.#record.shellCode;
  }
  get stdout(): string {
    return this.#text('stdout');
  }
  get stderr(): string {
    return this.#text('stderr');
  }
  get startedAt(): Date {
    return this.#record.startedAt;
  }
  get endedAt(): Date | null {
    return this.#record.endedAt;
  }
  get durationMs(): number {
    return this.#record.durationMs;
  }
  get attempts(): number {
    return this.#record.attempts;
  }
  get reason(): TerminationReason | null {
    return this.#record.reason;
  }
  get error(): ProcError | null {
    return this.#record.error;
  }
  get timedOut(): boolean {
    return this.reason === 'timedOut' || this.reason === 'idleTimedOut';
  }
  get cancelled(): boolean {
    return this.reason === 'cancelled';
  }
  get outputHeldOpen(): boolean {
    return this.#record.outputHeldOpen;
  }
  get outputTruncated(): boolean {
    return this.#record.outputTruncated;
  }
  get tag(): string | null {
    return this.#record.tag;
  }
  get meta(): Readonly<Record<string, unknown>> {
    return this.#record.meta;
  }

  output(): string {
    return this.stdout;
  }

  errorOutput(): string {
    return this.stderr;
  }

  bytes(stream: StreamName = 'stdout'): Buffer {
    return this.#record[stream].bytes();
  }

  stream(stream: StreamName = 'stdout'): Readable {
    return this.#record[stream].stream();
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

  #text(stream: StreamName): string {
    try {
      return this.#record[stream].text();
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
