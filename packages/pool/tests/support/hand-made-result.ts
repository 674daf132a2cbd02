import { Readable } from 'node:stream';
import type {
  ProcError,
  ProcessResult,
  ProcessResultJson,
  StandardSchema,
  StreamName,
  TerminationReason,
} from '@proc/core';
import { InvalidArgumentError } from '@proc/core';

/** What a hand-made result says; the rest is that of a success. */
export interface ResultParts {
  readonly command?: string;
  readonly exitCode?: number | null;
  readonly signal?: NodeJS.Signals | null;
  readonly stdout?: string;
  readonly stderr?: string;
  readonly reason?: TerminationReason | null;
  readonly error?: ProcError | null;
  readonly attempts?: number;
}

/** A result without a process. */
export class HandMadeResult implements ProcessResult {
  readonly command: string;
  readonly pid = undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly exitText: string;
  readonly shellCode = 0;
  readonly stdout: string;
  readonly stderr: string;
  readonly startedAt = new Date(0);
  readonly endedAt = new Date(0);
  readonly durationMs = 0;
  readonly attempts: number;
  readonly reason: TerminationReason | null;
  readonly error: ProcError | null;
  readonly outputHeldOpen = false;
  readonly outputTruncated = false;
  readonly tag = null;
  readonly meta = {};

  constructor(parts: ResultParts = {}) {
    this.command = parts.command ?? 'made by hand';
    this.exitCode = parts.exitCode === undefined ? 0 : parts.exitCode;
    this.signal = parts.signal ?? null;
    this.exitText = this.exitCode === 0 ? 'OK' : 'General error';
    this.stdout = parts.stdout ?? '';
    this.stderr = parts.stderr ?? '';
    this.reason = parts.reason ?? null;
    this.error = parts.error ?? null;
    this.attempts = parts.attempts ?? 1;
  }

  get timedOut(): boolean {
    return this.reason === 'timedOut';
  }

  get cancelled(): boolean {
    return this.reason === 'cancelled';
  }

  output = (): string => this.stdout;
  errorOutput = (): string => this.stderr;
  bytes = (stream: StreamName = 'stdout'): Buffer => Buffer.from(this[stream]);
  stream = (stream: StreamName = 'stdout'): Readable => Readable.from([this[stream]]);
  lines = (stream: StreamName = 'stdout'): string[] => this[stream].split('\n');
  successful = (): boolean => this.exitCode === 0 && this.error === null;
  failed = (): boolean => !this.successful();
  seeInOutput = (text: string | RegExp): boolean => this.stdout.search(text) >= 0;
  seeInErrorOutput = (text: string | RegExp): boolean => this.stderr.search(text) >= 0;
  throwIf = (): this => this.throw();
  throwUnless = (): this => this.throw();

  json<T>(_schema?: StandardSchema<T>): T {
    return JSON.parse(this.stdout) as T;
  }

  throw(): this {
    if (this.failed()) throw this.error ?? new InvalidArgumentError('failed');
    return this;
  }

  toJSON(): ProcessResultJson {
    return {
      command: this.command,
      pid: this.pid,
      exitCode: this.exitCode,
      signal: this.signal,
      reason: this.reason,
      error: this.error === null ? null : { code: this.error.code, message: this.error.message },
      stdout: this.stdout,
      stderr: this.stderr,
      startedAt: this.startedAt.toISOString(),
      endedAt: this.endedAt.toISOString(),
      durationMs: this.durationMs,
      attempts: this.attempts,
      outputHeldOpen: this.outputHeldOpen,
      outputTruncated: this.outputTruncated,
      tag: this.tag,
      meta: this.meta,
    };
  }
}
