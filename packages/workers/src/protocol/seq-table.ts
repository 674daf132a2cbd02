/** Numbers that follow one another up to so far share no place. */
const PLACES = 128;
const FREE = -1;

/**
 * Values by the numbers of tasks in a worker, which only grow, and of which few are there at once. A `Map` makes a new
 * table each time that some have come and gone.
 */
export class SeqTable<T> implements Iterable<readonly [seq: number, value: T]> {
  readonly #seqs = new Array<number>(PLACES).fill(FREE);
  readonly #values = new Array<T | undefined>(PLACES).fill(undefined);
  /** Those whose place has been taken by one that is there for long. */
  readonly #others = new Map<number, T>();
  #placed = 0;

  get size(): number {
    return this.#placed + this.#others.size;
  }

  has(seq: number): boolean {
    return this.#seqs[seq % PLACES] === seq || this.#others.has(seq);
  }

  get(seq: number): T | undefined {
    const place = seq % PLACES;
    return this.#seqs[place] === seq ? this.#values[place] : this.#others.get(seq);
  }

  set(seq: number, value: T): void {
    const place = seq % PLACES;
    const there = this.#seqs[place];
    if (there !== seq && (there !== FREE || this.#others.has(seq))) {
      this.#others.set(seq, value);
      return;
    }
    if (there === FREE) this.#placed += 1;
    this.#seqs[place] = seq;
    this.#values[place] = value;
  }

  /** @returns whether it was there */
  delete(seq: number): boolean {
    const place = seq % PLACES;
    if (this.#seqs[place] !== seq) return this.#others.delete(seq);
    this.#placed -= 1;
    this.#seqs[place] = FREE;
    this.#values[place] = undefined;
    return true;
  }

  clear(): void {
    this.#seqs.fill(FREE);
    this.#values.fill(undefined);
    this.#others.clear();
    this.#placed = 0;
  }

  /** In the order of their numbers, as they are when it begins. */
  *[Symbol.iterator](): IterableIterator<readonly [seq: number, value: T]> {
    const all = [...this.#others];
    for (const [place, seq] of this.#seqs.entries()) {
      if (seq !== FREE) all.push([seq, this.#values[place] as T]);
    }
    yield* all.sort(([one], [other]) => one - other);
  }

  /** In the order of their numbers. */
  values(): T[] {
    return [...this].map(([, value]) => value);
  }
}
