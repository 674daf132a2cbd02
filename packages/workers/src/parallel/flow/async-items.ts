import { realTime } from '@proc/core/internal';
import type { ItemSource, Taken } from './item-source.js';
import { requireStep } from './require-step.js';

type Ready = (error?: { readonly thrown: unknown }) => void;

/** The items of an async iterable or a stream. No more are pulled than were asked for. */
export class AsyncItems implements ItemSource {
  readonly length = undefined;
  readonly total = undefined;
  readonly #iterable: AsyncIterable<unknown>;
  readonly #waiting: unknown[] = [];
  #iterator: AsyncIterator<unknown> | undefined;
  #wanted = 0;
  #pulling = false;
  #finished = false;
  #closed = false;
  #tell: Ready | undefined;
  /** Nothing was there when it was asked for. */
  #awaited = false;
  given = 0;

  constructor(iterable: AsyncIterable<unknown>) {
    this.#iterable = iterable;
  }

  get ended(): boolean {
    return this.#closed || (this.#finished && this.#waiting.length === 0);
  }

  take(most: number, onReady: Ready): Taken | undefined {
    const first = this.given;
    const values = this.#waiting.splice(0, most);
    this.given += values.length;
    this.#tell = onReady;
    if (values.length > 0) {
      // No more are pulled ahead than were asked for.
      this.#wanted -= values.length;
      return { first, values };
    }
    this.#wanted = most;
    this.#awaited = true;
    if (!this.ended && !this.#pulling) void this.#pull();
    return undefined;
  }

  /** Does not wait for an iterable that still owes an item, which may never come: a stream is destroyed meanwhile. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#tell = undefined;
    if (this.#finished) return;
    // What was not even begun to be read is closed all the same.
    if (this.#iterator === undefined) destroy(this.#iterable);
    const returned = Promise.resolve(this.#iterator?.return?.());
    if (!this.#pulling) await returned;
    else {
      returned.catch(() => undefined);
      destroy(this.#iterable);
    }
  }

  async #pull(): Promise<void> {
    this.#pulling = true;
    try {
      this.#iterator ??= this.#iterable[Symbol.asyncIterator]();
      while (this.#waiting.length < this.#wanted && !this.#closed) {
        const step = requireStep(await this.#iterator.next());
        if (step.done === true) {
          this.#finished = true;
          break;
        }
        this.#waiting.push(step.value);
        // What comes in one go becomes one chunk; what comes slowly does not have to wait for more.
        if (this.#waiting.length === 1) realTime.setImmediate(() => this.#ready());
      }
      this.#pulling = false;
      this.#ready();
    } catch (thrown) {
      this.#pulling = false;
      this.#finished = true;
      // Also where nobody waits for more at the moment: what is there must not pass for all.
      this.#tell?.({ thrown });
    }
  }

  #ready(): void {
    if (!this.#awaited) return;
    this.#awaited = false;
    this.#tell?.();
  }
}

/** A stream of Node would hear of the end only after its next chunk. */
function destroy(iterable: AsyncIterable<unknown> & { readonly destroy?: unknown }): void {
  const { destroy: end } = iterable;
  if (typeof end === 'function') Reflect.apply(end, iterable, []);
}
