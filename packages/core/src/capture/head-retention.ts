import { ChunkList } from './chunk-list.js';
import type { Retention } from './retention.js';

/** Keeps the first bytes. */
export class HeadRetention implements Retention {
  readonly #limit: number;
  readonly #memory = new ChunkList();
  #total = 0;
  readonly unbroken = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  get total(): number {
    return this.#total;
  }

  get end(): number {
    return this.#memory.end;
  }

  get truncated(): boolean {
    return this.#total > this.#limit;
  }

  append(chunk: Buffer): boolean {
    this.#total += chunk.length;
    return this.#memory.append(chunk.subarray(0, this.#limit - this.#memory.length));
  }

  read(from: number, to: number): Buffer {
    return this.#memory.read(from, to);
  }
}
