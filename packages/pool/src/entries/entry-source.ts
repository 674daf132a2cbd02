import type { PoolEntryInput } from '../contracts/scheduling.js';
import { isPromiseLike } from '../scheduler/promise-like.js';

/** Anything that can be iterated over, with or without waiting. */
export type EntryIterable = Iterable<PoolEntryInput> | AsyncIterable<PoolEntryInput>;

type EntryIterator = Iterator<PoolEntryInput> | AsyncIterator<PoolEntryInput>;
type Step = IteratorResult<PoolEntryInput, unknown>;

/** Marks the end: no entry is `undefined`, but an iterable may give one by mistake. */
export const END = Symbol('end');

/** Reads an iterable one entry at a time, and lets it clean up when it is left early. */
export class EntrySource {
  readonly #iterable: EntryIterable;
  #iterator: EntryIterator | undefined;
  /** The iterable's own code is on the stack. */
  #inside = false;
  /** The iterable has promised an entry. */
  #owes = false;
  #ended = false;
  #closed = false;

  constructor(iterable: EntryIterable) {
    this.#iterable = iterable;
  }

  /** The next entry as it was given. Not to be called again before it has answered. */
  next(): PoolEntryInput | typeof END | Promise<PoolEntryInput | typeof END> {
    return this.#closed ? END : this.#read();
  }

  #read(): PoolEntryInput | typeof END | Promise<PoolEntryInput | typeof END> {
    this.#inside = true;
    try {
      this.#iterator ??= iteratorOf(this.#iterable);
      const step = this.#iterator.next();
      return isPromiseLike(step) ? this.#wait(step) : this.#unwrap(step);
    } catch (error) {
      this.#ended = true;
      throw error;
    } finally {
      this.#inside = false;
      // A generator that stops its own pool can not be closed while it runs.
      if (this.#closed) this.#return().catch(() => undefined);
    }
  }

  /**
   * Ends the iteration, as leaving a loop does. Resolves when the iterable has cleaned up, but does not wait for one
   * that still owes an entry: that may never come.
   */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#inside) return;
    const returned = this.#return();
    if (this.#owes) returned.catch(() => undefined);
    else await returned;
  }

  async #wait(step: PromiseLike<Step>): Promise<PoolEntryInput | typeof END> {
    this.#owes = true;
    try {
      return this.#unwrap(await step);
    } catch (error) {
      this.#ended = true;
      throw error;
    } finally {
      this.#owes = false;
    }
  }

  #unwrap(step: Step): PoolEntryInput | typeof END {
    if (step.done === true) this.#ended = true;
    // What comes when it has been left is nobody's.
    return step.done === true || this.#closed ? END : step.value;
  }

  async #return(): Promise<void> {
    if (this.#ended) return;
    this.#ended = true;
    await this.#iterator?.return?.();
  }
}

function iteratorOf(iterable: EntryIterable): EntryIterator {
  return Symbol.asyncIterator in iterable
    ? iterable[Symbol.asyncIterator]()
    : iterable[Symbol.iterator]();
}
