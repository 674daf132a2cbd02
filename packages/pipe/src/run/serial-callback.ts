import type { OutputCallback, OutputType } from '@proc/core';

/**
 * An output callback that several stages share: it is called once at a time, and not any more after it failed. The
 * stage whose chunk it failed for is told.
 */
export class SerialCallback {
  #callback: OutputCallback;
  #last: Promise<void> | undefined;
  #failed = false;

  constructor(callback: OutputCallback) {
    this.#callback = callback;
  }

  /** Calls another function from the next chunk on. */
  replace(callback: OutputCallback): void {
    this.#callback = callback;
  }

  call(type: OutputType, chunk: string, key: string | number): void | Promise<void> {
    const pending =
      this.#last === undefined
        ? this.#invoke(type, chunk, key)
        : this.#last.then(() => this.#invoke(type, chunk, key));
    if (pending === undefined) return undefined;
    const settled: Promise<void> = pending
      .catch(() => undefined)
      .then(() => {
        if (this.#last === settled) this.#last = undefined;
      });
    this.#last = settled;
    return pending;
  }

  #invoke(type: OutputType, chunk: string, key: string | number): void | Promise<void> {
    if (this.#failed) return undefined;
    try {
      const pending = this.#callback(type, chunk, key);
      if (typeof pending !== 'object') return undefined;
      return Promise.resolve(pending).catch(this.#fail);
    } catch (error) {
      return this.#fail(error);
    }
  }

  readonly #fail = (error: unknown): never => {
    this.#failed = true;
    throw error;
  };
}
