import type { PoolProgressSnapshot } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import { describeProgress } from './describe-progress.js';
import type { ProgressLook } from './progress-look.js';

/** How the lines are written. */
export interface PlainLinesOptions {
  readonly prefix: string;
  /** Least time between two lines, by `now`. */
  readonly intervalMs: number;
  readonly now: () => number;
}

/** Progress in a log: a line now and then. */
export class PlainLines implements ProgressLook {
  readonly #stream: NodeJS.WritableStream;
  readonly #options: PlainLinesOptions;
  #writtenAt = -Infinity;
  #pending: string | null = null;
  #lastLine: string | null = null;

  constructor(stream: NodeJS.WritableStream, options: PlainLinesOptions) {
    this.#stream = stream;
    this.#options = options;
  }

  show(progress: PoolProgressSnapshot, key: PoolKey | null): void {
    const { intervalMs, now, prefix } = this.#options;
    const line = prefix + describeProgress(progress, key);
    // The end of the last entry is often that of the pool.
    this.#pending = line === this.#lastLine ? null : line;
    if (now() - this.#writtenAt < intervalMs) return;
    this.#writtenAt = now();
    this.#flush();
  }

  print(line: string): void {
    this.#stream.write(`${line}\n`);
  }

  end(): void {
    this.#flush();
    this.#writtenAt = -Infinity;
    this.#lastLine = null;
  }

  #flush(): void {
    if (this.#pending === null) return;
    this.print(this.#pending);
    this.#lastLine = this.#pending;
    this.#pending = null;
  }
}
