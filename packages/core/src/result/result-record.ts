import type { Readable } from 'node:stream';
import type { ProcessResult, StreamName } from '../contracts/process-result.js';
import type { TerminationReason } from '../contracts/termination-reason.js';
import type { SecretTable } from '../redaction/secret-table.js';
import type { ProcError } from '../errors/proc-error.js';
import { keptSize } from './kept-size.js';

/** Output that has been kept. */
export interface KeptOutput {
  /** Number of bytes, found without reading all of them. */
  readonly size: number;
  bytes(): Buffer;
  text(): string;
  stream(): Readable;
  /** The last bytes as text, without secrets. */
  tail(bytes: number, secrets: SecretTable): string;
}

/** The facts of a result, from which everything else that a result offers follows. */
export interface ResultRecord {
  readonly command: string;
  readonly pid: number | undefined;
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly exitText: string;
  readonly shellCode: number;
  readonly stdout: KeptOutput;
  readonly stderr: KeptOutput;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly durationMs: number;
  readonly attempts: number;
  readonly reason: TerminationReason | null;
  readonly error: ProcError | null;
  readonly outputHeldOpen: boolean;
  readonly outputTruncated: boolean;
  readonly tag: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
}

/** The facts of somebody else's result. */
export function recordOf(result: ProcessResult): ResultRecord {
  return {
    command: result.command,
    pid: result.pid,
    exitCode: result.exitCode,
    signal: result.signal,
    exitText: result.exitText,
    shellCode: result.shellCode,
    stdout: outputOf(result, 'stdout'),
    stderr: outputOf(result, 'stderr'),
    startedAt: result.startedAt,
    endedAt: result.endedAt,
    durationMs: result.durationMs,
    attempts: result.attempts,
    reason: result.reason,
    error: result.error,
    outputHeldOpen: result.outputHeldOpen,
    outputTruncated: result.outputTruncated,
    tag: result.tag,
    meta: result.meta,
  };
}

/** One stream of somebody else's result; read when it is asked for. */
export function outputOf(result: ProcessResult, stream: StreamName): KeptOutput {
  return new ResultOutput(result, stream);
}

class ResultOutput implements KeptOutput {
  readonly #result: ProcessResult;
  readonly #stream: StreamName;

  constructor(result: ProcessResult, stream: StreamName) {
    this.#result = result;
    this.#stream = stream;
  }

  get size(): number {
    return keptSize(this.#result, this.#stream);
  }

  bytes(): Buffer {
    return this.#result.bytes(this.#stream);
  }

  text(): string {
    return this.#result[this.#stream];
  }

  stream(): Readable {
    return this.#result.stream(this.#stream);
  }

  tail(bytes: number): string {
    return this.#result.toJSON()[this.#stream].slice(-bytes);
  }
}
