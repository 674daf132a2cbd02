import type { ItemSource, Taken } from './item-source.js';

type Ready = (error?: { readonly thrown: unknown }) => void;

/** The items of an async iterable or a stream. No more are pulled than were asked for. */
export class AsyncItems implements ItemSource {
  readonly length = undefined;
  readonly #iterable: AsyncIterable<unknown>;
  readonly #waiting: unknown[] = [];
  #iterator: AsyncIterator<unknown> | undefined;
  #wanted = 0;
  #pulling = false;
  #finished = false;
  #closed = false;
  #onReady: Ready | undefined;
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
    if (values.length > 0) return { first, values };
    this.#wanted = most;
    this.#onReady = onReady;
    if (!this.ended && !this.#pulling) void this.#pull();
    return undefined;
  }

  /** Does not wait for an iterable that still owes an item, which may never come: a stream is destroyed meanwhile. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    this.#onReady = undefined;
    if (this.#finished) return;
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
        const step = await this.#iterator.next();
        if (step.done === true) {
          this.#finished = true;
          break;
        }
        this.#waiting.push(step.value);
        // What comes in one go becomes one chunk; what comes slowly does not have to wait for more.
        if (this.#waiting.length === 1) setImmediate(() => this.#ready());
      }
      this.#pulling = false;
      this.#ready();
    } catch (thrown) {
      this.#pulling = false;
      this.#finished = true;
      this.#ready({ thrown });
    }
  }

  #ready(error?: { readonly thrown: unknown }): void {
    const onReady = this.#onReady;
    if (onReady === undefined) return;
    this.#onReady = undefined;
    onReady(error);
  }
}

/** A stream of Node would hear of the end only after its next chunk. */
function destroy(iterable: AsyncIterable<unknown> & { readonly destroy?: unknown }): void {
  const { destroy: end } = iterable;
  if (typeof end === 'function') Reflect.apply(end, iterable, []);
}
