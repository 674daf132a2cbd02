/** The id of an entry of a stream: milliseconds, and a number among those of the same millisecond. */
export type EntryId = readonly [number, number];

export interface StreamEntry {
  readonly id: EntryId;
  readonly fields: readonly Buffer[];
}

export class Stream {
  entries: StreamEntry[] = [];
  #last: EntryId = [0, 0];

  add(fields: readonly Buffer[]): EntryId {
    const now = Date.now();
    const [ms, number] = this.#last;
    this.#last = now > ms ? [now, 0] : [ms, number + 1];
    this.entries.push({ id: this.#last, fields });
    return this.#last;
  }

  after(id: EntryId, count: number): readonly StreamEntry[] {
    return this.entries.filter((entry) => compareIds(entry.id, id) > 0).slice(0, count);
  }

  /** @returns how many went */
  removeBefore(id: EntryId): number {
    const before = this.entries.length;
    this.entries = this.entries.filter((entry) => compareIds(entry.id, id) >= 0);
    return before - this.entries.length;
  }
}

function compareIds(one: EntryId, other: EntryId): number {
  return one[0] - other[0] || one[1] - other[1];
}

export type Value = Buffer | Stream;

/** Keys, what they hold, and until when. */
export class Store {
  readonly #values = new Map<string, Value>();
  readonly #ends = new Map<string, number>();
  /** Counts the changes of each key, for those who watch it. */
  readonly #changes = new Map<string, number>();

  get(key: string): Value | undefined {
    if ((this.#ends.get(key) ?? Number.POSITIVE_INFINITY) <= Date.now()) this.delete(key);
    return this.#values.get(key);
  }

  set(key: string, value: Value): void {
    this.#values.set(key, value);
    this.#ends.delete(key);
    this.touch(key);
  }

  delete(key: string): boolean {
    this.#ends.delete(key);
    this.touch(key);
    return this.#values.delete(key);
  }

  expireAt(key: string, end: number): void {
    this.#ends.set(key, end);
    this.touch(key);
  }

  /** When a key ends, if it ever does. */
  endOf(key: string): number | undefined {
    return this.#ends.get(key);
  }

  keys(): readonly string[] {
    return [...this.#values.keys()].filter((key) => this.get(key) !== undefined);
  }

  touch(key: string): void {
    this.#changes.set(key, this.changesOf(key) + 1);
  }

  changesOf(key: string): number {
    return this.#changes.get(key) ?? 0;
  }
}
