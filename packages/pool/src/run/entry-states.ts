import { InvalidArgumentError } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import { describeKey } from '../errors/wording.js';

/** What has become of an entry. */
export type EntryState = 'open' | 'succeeded' | 'failed' | 'skipped';

const STATES: readonly EntryState[] = ['open', 'succeeded', 'failed', 'skipped'];
/** Marks entries with a name: their position is no key. */
const NAMED = 4;

/** The entries of a run and their states, at one byte each: there may be many. */
export class EntryStates {
  readonly #names = new Map<string, number>();
  #states = new Uint8Array(64);
  #count = 0;

  /**
   * @returns the position of the new entry
   * @throws {@link InvalidArgumentError} when the name is taken
   */
  add(name: string | undefined): number {
    if (name !== undefined && this.#names.has(name)) {
      throw new InvalidArgumentError(`The pool has an entry named ${describeKey(name)} already.`);
    }
    const index = this.#count++;
    if (index === this.#states.length) this.#grow();
    if (name === undefined) return index;
    this.#names.set(name, index);
    this.#states[index] = NAMED;
    return index;
  }

  /** The position of the entry of a key. */
  find(key: PoolKey): number | undefined {
    if (typeof key === 'string') return this.#names.get(key);
    return key < this.#count && this.#byte(key) < NAMED ? key : undefined;
  }

  names(): Iterable<string> {
    return this.#names.keys();
  }

  get(index: number): EntryState {
    return STATES[this.#byte(index) % NAMED] ?? 'open';
  }

  set(index: number, state: EntryState): void {
    const named = this.#byte(index) >= NAMED ? NAMED : 0;
    this.#states[index] = named + STATES.indexOf(state);
  }

  #byte(index: number): number {
    return this.#states[index] ?? 0;
  }

  #grow(): void {
    const wider = new Uint8Array(2 * this.#states.length);
    wider.set(this.#states);
    this.#states = wider;
  }
}
