import { realTime } from '@proc/core/internal';

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
    await new Promise((resolve) => realTime.setImmediate(resolve));
  }
}

/** Starts in one turn of the event loop, after which others get theirs. */
const MOST_STARTS = 100;

let starts = 0;

/**
 * Keeps a loop that starts one fake after the other from stopping all else: a fake that takes no time needs no turn.
 */
export async function startInTurn(): Promise<void> {
  starts++;
  if (starts === 1) {
    realTime.setImmediate(() => {
      starts = 0;
    });
  }
  if (starts > MOST_STARTS) await new Promise((resolve) => realTime.setImmediate(resolve));
}
