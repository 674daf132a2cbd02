import type { PoolProgressSnapshot } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import { describeProgress } from './describe-progress.js';
import type { ProgressLook } from './progress-look.js';

/** Progress in a log: a line now and then. */
export class PlainLines implements ProgressLook {
  readonly #stream: NodeJS.WritableStream;
  readonly #prefix: string;
  readonly #intervalMs: number;
  #writtenAt = -Infinity;
  #pending: string | null = null;

  constructor(stream: NodeJS.WritableStream, prefix: string, intervalMs: number) {
    this.#stream = stream;
    this.#prefix = prefix;
    this.#intervalMs = intervalMs;
  }

  show(progress: PoolProgressSnapshot, key: PoolKey | null): void {
    this.#pending = this.#prefix + describeProgress(progress, key);
    if (performance.now() - this.#writtenAt < this.#intervalMs) return;
    this.#writtenAt = performance.now();
    this.#flush();
  }

  print(line: string): void {
    this.#stream.write(`${line}\n`);
  }

  end(): void {
    this.#flush();
    this.#writtenAt = -Infinity;
  }

  #flush(): void {
    if (this.#pending !== null) this.print(this.#pending);
    this.#pending = null;
  }
}
