import type { OutputType } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolChunkCallback, PoolOutputCallback } from '../contracts/pool-output-callback.js';
import { isPromiseLike } from '../scheduler/promise-like.js';

/**
 * An output callback that all entries of a pool share: while it works on one chunk, the others wait. An error goes to
 * the entry whose chunk it was, and to no other.
 */
export class SerialCallback {
  readonly #callback: PoolOutputCallback;
  #last: Promise<void> | undefined;

  constructor(callback: PoolOutputCallback | PoolChunkCallback) {
    this.#callback = takesChunkAlone(callback) ? (_type, chunk) => callback(chunk) : callback;
  }

  /** Synchronous as long as the callback is. */
  call(type: OutputType, chunk: string, key: PoolKey): void | Promise<void> {
    if (this.#last !== undefined) {
      return this.#follow(this.#last.then(() => this.#callback(type, chunk, key)));
    }
    const returned = this.#callback(type, chunk, key);
    return isPromiseLike(returned) ? this.#follow(Promise.resolve(returned)) : undefined;
  }

  #follow(call: Promise<void>): Promise<void> {
    const settled = call
      .catch(() => undefined)
      .then(() => {
        if (this.#last === settled) this.#last = undefined;
      });
    this.#last = settled;
    return call;
  }
}

function takesChunkAlone(
  callback: PoolOutputCallback | PoolChunkCallback,
): callback is PoolChunkCallback {
  return callback.length === 1;
}
