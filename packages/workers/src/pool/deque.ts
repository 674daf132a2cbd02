/** So many places are kept for what comes next, and so many that were left are not worth to be given back. */
const KEPT = 1024;

/** A list that is taken from at its front, cheaply at any length. */
export class Deque<T> {
  /** From `#head` to `#end`; other places are kept, so that none has to be made again each time. */
  #items: (T | undefined)[] = [];
  #head = 0;
  #end = 0;

  get length(): number {
    return this.#end - this.#head;
  }

  push(item: T): void {
    this.#items[this.#end] = item;
    this.#end += 1;
  }

  /** Puts items before all others, in their order. */
  unshift(...items: readonly T[]): void {
    this.#restart([...items, ...this.drain()]);
  }

  peek(): T | undefined {
    return this.#items[this.#head];
  }

  shift(): T | undefined {
    const item = this.#items[this.#head];
    if (this.length === 0) return undefined;
    this.#items[this.#head] = undefined;
    this.#head += 1;
    if (this.#head > KEPT && this.#head * 2 > this.#end) this.#restart(this.drain());
    else if (this.#head === this.#end) this.#head = this.#end = 0;
    return item;
  }

  /** Takes everything. */
  drain(): T[] {
    const items = this.#items.slice(this.#head, this.#end) as T[];
    this.#restart([]);
    return items;
  }

  #restart(items: T[]): void {
    this.#items = items;
    this.#head = 0;
    this.#end = items.length;
  }
}
