import { inspect } from 'node:util';
import type { Readable } from 'node:stream';
import {
  OutputFormatError,
  ProcessFailedError,
  ProcessSignaledError,
  splitLines,
  type ProcError,
  type ProcessResult,
  type ProcessResultJson,
  type ProcessSpec,
  type StandardSchema,
  type StreamName,
  type TerminationReason,
  type ThrowCallback,
} from '@proc/core';
import { parseJson } from './parse-json.js';
import type { ResultRecord } from './result-record.js';

/** A result made from its facts. */
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
    return parseJson(this.stdout, this.#spec, schema);
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
    return {
      command: this.command,
      pid: this.pid,
      exitCode: this.exitCode,
      signal: this.signal,
      reason: this.reason,
      error: error === null ? null : { code: error.code, message: error.message },
      stdout: this.#record.stdout.tail(),
      stderr: this.#record.stderr.tail(),
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
    return this.toJSON();
  }

  /** What {@link throw} throws. */
  protected failure(): ProcError {
    if (this.error !== null) return this.error;
    const message = `The command "${this.command}" failed: ${this.exitText}`;
    return this.signal === null
      ? new ProcessFailedError(message, this.#spec)
      : new ProcessSignaledError(message, this.#spec);
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
  // A global or sticky pattern would begin where it stopped the last time.
  return new RegExp(wanted.source, wanted.flags.replace(/[gy]/g, '')).test(text);
}
