import type { ItemSource, Taken } from './item-source.js';

/** The items of an array, as it is when they are taken. */
export class ListItems implements ItemSource {
  readonly #list: readonly unknown[];
  readonly #holes: 'skip' | 'visit';
  readonly length: number;
  #position = 0;
  #left = 0;

  constructor(list: readonly unknown[], holes: 'skip' | 'visit') {
    this.#list = list;
    this.#holes = holes;
    this.length = list.length;
  }

  get given(): number {
    return this.#position;
  }

  get ended(): boolean {
    return this.#position >= this.length;
  }

  get total(): number {
    return this.length - this.#left;
  }

  take(most: number): Taken | undefined {
    while (!this.ended && this.#isHole(this.#position)) {
      this.#position += 1;
      this.#left += 1;
    }
    if (this.ended) return undefined;
    const first = this.#position;
    const end = Math.min(this.length, first + most);
    // A chunk ends before a hole, so that the index of each item follows from its place.
    while (this.#position < end && !this.#isHole(this.#position)) this.#position += 1;
    return { first, values: this.#list.slice(first, this.#position) };
  }

  async close(): Promise<void> {
    this.#position = this.length;
  }

  #isHole(index: number): boolean {
    return this.#holes === 'skip' && !(index in this.#list);
  }
}
