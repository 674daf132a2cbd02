/** Below this average, tasks are sent ahead. */
const SHORT_MS = 1;
/** Above this average, none is. */
const LONG_MS = 5;
/** Work that may be sent ahead, in milliseconds, and how many tasks at most. */
const AHEAD_MS = 2;
const MOST = 64;
const USUAL = 8;

/**
 * How many tasks a worker is sent ahead of those that run: for short ones the way there and back is what costs, long
 * ones had better wait where any worker can take them. Goes by a moving average of their run time.
 */
export class Window {
  #average: number | undefined;
  #size = 1;

  /** Tasks in the worker, running ones included; from 1. */
  get size(): number {
    return this.#size;
  }

  add(ms: number): void {
    this.#average = this.#average === undefined ? ms : this.#average * 0.8 + ms * 0.2;
    if (this.#average > LONG_MS) this.#size = 1;
    else if (this.#average < SHORT_MS) this.#size = Math.min(this.#size * 2, this.#most());
  }

  #most(): number {
    const many = Math.floor(AHEAD_MS / Math.max(this.#average ?? SHORT_MS, 0.001));
    return Math.min(MOST, Math.max(USUAL, many));
  }
}
