/** Long enough for a trip to a worker not to matter, short enough to spread the rest evenly. Milliseconds. */
const TARGET = 25;
/** A chunk that takes so many times its target was misjudged: its rest is given back. */
const PATIENCE = 2;
/** What was misjudged comes back, so a few steps may lead from one item to thousands. */
const GROWTH = 4;
/** Less than so many milliseconds of work is not worth a trip, however even the end would be. */
const LEAST = 2;
const MOST_BYTES = 1024 * 1024;

/** Decides how many items make the next trip, from how long those before took. */
export class ChunkSizer {
  readonly #fixed: number | undefined;
  readonly #workers: number;
  #perItem: number | undefined;
  #bytesPerItem = 0;
  #largest = 1;

  /** @param chunk - a size to keep to, or `auto` */
  constructor(chunk: number | 'auto', workers: number) {
    this.#fixed = chunk === 'auto' ? undefined : chunk;
    this.#workers = workers;
  }

  /** After so many milliseconds a worker gives back what it has not begun. A size that was asked for is kept. */
  get budget(): number | undefined {
    return this.#fixed === undefined ? TARGET * PATIENCE : undefined;
  }

  /** @param remaining - how many items there are still, where that is known */
  next(remaining = Infinity): number {
    if (this.#fixed !== undefined) return this.#fixed;
    // Nothing is known yet: one item for each worker shows what they are like.
    if (this.#perItem === undefined) return 1;
    const byTime = Math.floor(TARGET / Math.max(this.#perItem, Number.EPSILON));
    const bySize = Math.floor(MOST_BYTES / Math.max(this.#bytesPerItem, 1));
    // Towards the end chunks get smaller, so that the workers end together.
    const share = Math.ceil(remaining / (2 * this.#workers));
    const worth = Math.floor(LEAST / Math.max(this.#perItem, Number.EPSILON));
    const even = Math.min(Math.max(share, worth), remaining);
    return Math.max(1, Math.min(byTime, bySize, even, this.#largest * GROWTH));
  }

  learn(items: readonly unknown[], done: number, elapsed: number): void {
    if (done === 0) return;
    const measured = elapsed / done;
    const known = this.#perItem ?? measured;
    // Slower items count at once: too long a chunk keeps a worker, too short a one costs a trip.
    this.#perItem = measured > known ? measured : (measured + known) / 2;
    this.#bytesPerItem = Math.max(this.#bytesPerItem, weight(items[0]));
    this.#largest = Math.max(this.#largest, done);
  }
}

/** What is large is mostly text or bytes. */
function weight(item: unknown): number {
  if (typeof item === 'string') return item.length;
  return ArrayBuffer.isView(item) || item instanceof ArrayBuffer ? item.byteLength : 0;
}
