/** The last of many, in their order: the oldest make room for what comes. */
export class RingBuffer<T> implements Iterable<T> {
  readonly #capacity: number;
  #items: T[] = [];
  /** Where the oldest is, once there are as many as there may be. */
  #oldest = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#items.length;
  }

  add(item: T): void {
    if (this.#items.length < this.#capacity) {
      this.#items.push(item);
      return;
    }
    this.#items[this.#oldest] = item;
    this.#oldest = (this.#oldest + 1) % this.#capacity;
  }

  clear(): void {
    this.#items = [];
    this.#oldest = 0;
  }

  *[Symbol.iterator](): Generator<T, undefined> {
    yield* this.#items.slice(this.#oldest);
    yield* this.#items.slice(0, this.#oldest);
  }
}
