import { setImmediate } from 'node:timers';

/** Taken when this file is loaded, so that fake timers do not stop it. */
const realSetImmediate = setImmediate;

/** Bytes and calls after which others get their turn. */
const MOST_BYTES = 64 * 1024;
const MOST_CALLS = 100;

/** Keeps code that prints without end, to a reader that takes everything at once, from stopping all else. */
export class Breath {
  #bytes = 0;
  #calls = 0;

  /** Resolves at once, now and then after one turn of the event loop. */
  async taken(bytes: number): Promise<void> {
    this.#bytes += bytes;
    this.#calls++;
    if (this.#bytes < MOST_BYTES && this.#calls < MOST_CALLS) return;
    this.#bytes = 0;
    this.#calls = 0;
    await new Promise((resolve) => realSetImmediate(resolve));
  }
}
