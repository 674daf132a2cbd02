import { HeadRetention } from './head-retention.js';
import type { Retention } from './retention.js';
import { TailRetention } from './tail-retention.js';

/** Keeps the first and the last bytes, half of the limit each. */
export class HeadTailRetention implements Retention {
  readonly #headLimit: number;
  readonly #limit: number;
  readonly #head: HeadRetention;
  readonly #tail: TailRetention;

  constructor(limit: number) {
    this.#limit = limit;
    this.#headLimit = Math.ceil(limit / 2);
    this.#head = new HeadRetention(this.#headLimit);
    this.#tail = new TailRetention(limit - this.#headLimit);
  }

  get total(): number {
    return this.#head.total;
  }

  get end(): number {
    // A limit of one byte leaves the tail none.
    return this.#limit > this.#headLimit ? this.total : this.#head.end;
  }

  get unbroken(): number {
    const gap = this.truncated && this.#limit > this.#headLimit;
    return gap ? this.#headLimit + this.#tail.unbroken : 0;
  }

  get truncated(): boolean {
    return this.total > this.#limit;
  }

  append(chunk: Buffer): boolean {
    const room = Math.max(0, this.#headLimit - this.#head.total);
    const inHead = this.#head.append(chunk);
    const inTail = this.#tail.append(chunk.subarray(room));
    return inHead || inTail;
  }

  read(from: number, to: number): Buffer {
    const split = this.#headLimit;
    return Buffer.concat([
      this.#head.read(from, Math.min(to, split)),
      this.#tail.read(Math.max(0, from - split), Math.max(0, to - split)),
    ]);
  }
}
