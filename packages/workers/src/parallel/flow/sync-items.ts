import type { ItemSource, Taken } from './item-source.js';
import { requireStep } from './require-step.js';

/** The items of an iterable, pulled when they are taken. */
export class SyncItems implements ItemSource {
  readonly length = undefined;
  readonly total = undefined;
  readonly #iterable: Iterable<unknown>;
  #iterator: Iterator<unknown> | undefined;
  #inside = false;
  #cut = false;
  given = 0;
  ended = false;

  constructor(iterable: Iterable<unknown>) {
    this.#iterable = iterable;
  }

  take(most: number): Taken | undefined {
    if (this.ended) return undefined;
    const first = this.given;
    const values: unknown[] = [];
    this.#inside = true;
    try {
      this.#iterator ??= this.#iterable[Symbol.iterator]();
      while (values.length < most && !this.ended) {
        const step = requireStep(this.#iterator.next());
        if (step.done !== true) values.push(step.value);
        else {
          this.ended = true;
          this.#cut = false;
        }
      }
      if (this.#cut) this.#iterator.return?.();
    } catch (error) {
      this.ended = true;
      throw error;
    } finally {
      this.#inside = false;
    }
    this.given += values.length;
    return values.length === 0 ? undefined : { first, values };
  }

  async close(): Promise<void> {
    if (this.ended) return;
    this.ended = true;
    // A generator that stops its own run can not be closed while it runs.
    if (this.#inside) this.#cut = true;
    else this.#iterator?.return?.();
  }
}
