import {
  OutputFormatError,
  ProcessFailedError,
  type ProcessResult,
  type ProcessResultJson,
  type ProcessSpec,
} from '@proc/core';
import { commandLine } from '@proc/core/internal';
import { Readable } from 'node:stream';

/** The result of a process that still runs: no exit code and no output yet, and not successful so far. */
export class UnfinishedResult implements ProcessResult {
  readonly command: string;
  readonly exitCode = null;
  readonly signal = null;
  readonly exitText = '';
  readonly shellCode = 0;
  readonly stdout = '';
  readonly stderr = '';
  readonly endedAt = null;
  readonly durationMs = 0;
  readonly attempts = 1;
  readonly reason = null;
  readonly error = null;
  readonly timedOut = false;
  readonly cancelled = false;
  readonly outputHeldOpen = false;
  readonly outputTruncated = false;
  readonly tag: string | null;
  readonly #spec: ProcessSpec;
  readonly meta: Readonly<Record<string, unknown>>;

  constructor(
    spec: ProcessSpec,
    readonly pid: number | undefined,
    readonly startedAt: Date,
  ) {
    this.#spec = spec;
    this.command = commandLine(spec.command);
    this.tag = spec.tag;
    this.meta = spec.meta;
  }

  output(): string {
    return '';
  }

  errorOutput(): string {
    return '';
  }

  bytes(): Buffer {
    return Buffer.alloc(0);
  }

  stream(): Readable {
    return Readable.from([]);
  }

  toString(): string {
    return '';
  }

  lines(): string[] {
    return [];
  }

  json(): never {
    throw new OutputFormatError(`${this.command} still runs.`, this.#spec);
  }

  successful(): boolean {
    return false;
  }

  failed(): boolean {
    return true;
  }

  seeInOutput(): boolean {
    return false;
  }

  seeInErrorOutput(): boolean {
    return false;
  }

  throw(): never {
    throw new ProcessFailedError(`${this.command} still runs.`, this.#spec);
  }

  throwIf(condition: boolean | ((result: this) => boolean)): this {
    return holds(condition, this) ? this.throw() : this;
  }

  throwUnless(condition: boolean | ((result: this) => boolean)): this {
    return holds(condition, this) ? this : this.throw();
  }

  toJSON(): ProcessResultJson {
    const { command, pid, exitCode, signal, reason, stdout, stderr, durationMs, attempts } = this;
    const { outputHeldOpen, outputTruncated, tag, meta } = this;
    return {
      ...{ command, pid, exitCode, signal, reason, stdout, stderr, durationMs, attempts },
      ...{ outputHeldOpen, outputTruncated, tag, meta },
      error: null,
      startedAt: this.startedAt.toISOString(),
      endedAt: null,
    };
  }
}

function holds<Result>(
  condition: boolean | ((result: Result) => boolean),
  result: Result,
): boolean {
  return typeof condition === 'function' ? condition(result) : condition;
}
