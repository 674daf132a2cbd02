import { ChunkList } from './chunk-list.js';
import type { Retention } from './retention.js';

/** Keeps the last bytes. */
export class TailRetention implements Retention {
  readonly #limit: number;
  readonly #memory = new ChunkList();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get total(): number {
    return this.#memory.end;
  }

  get end(): number {
    return this.#memory.end;
  }

  get unbroken(): number {
    return this.#memory.start;
  }

  get truncated(): boolean {
    return this.#memory.end > this.#limit;
  }

  append(chunk: Buffer): boolean {
    this.#memory.append(chunk);
    this.#memory.keepLast(this.#limit);
    return this.#memory.length > 0;
  }

  read(from: number, to: number): Buffer {
    return this.#memory.read(from, to);
  }
}
