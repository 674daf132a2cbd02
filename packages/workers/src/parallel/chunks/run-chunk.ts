import { isMainThread } from 'node:worker_threads';
import { realTime } from '@proc/core/essentials';
import type { ErrorEnvelope } from '../../errors/error-envelope.js';
import { encodeError, uncloneableError } from '../../errors/late-errors.js';
import { tryCopy } from '../../protocol/try-copy.js';
import { isThenable } from '../../worker/is-thenable.js';
import { type ChunkContext, ItemOfTask } from './item-context.js';
import type { ChunkRequest, ChunkResponse } from './chunk-request.js';
import { type ChunkYield, chunkYield } from './chunk-yield.js';

type Callable = (...args: unknown[]) => unknown;

/**
 * Runs a function for the items of a chunk, one after the other, in the worker. Between items it looks at the time and
 * at whether anybody still wants the rest.
 */
export function runChunk(
  fn: Callable,
  request: ChunkRequest,
  context: ChunkContext = {},
): ChunkResponse | Promise<ChunkResponse> {
  return new ChunkRun(fn, request, context).go();
}

class ChunkRun {
  readonly #fn: Callable;
  readonly #request: ChunkRequest;
  readonly #context: ChunkContext;
  readonly #yield: ChunkYield;
  readonly #failures: [number, ErrorEnvelope][] = [];
  readonly #begin = realTime.now();
  #position = 0;
  #over = false;

  constructor(fn: Callable, request: ChunkRequest, context: ChunkContext) {
    this.#fn = fn;
    this.#request = request;
    this.#context = context;
    this.#yield = chunkYield(request);
    // A fold without a begin takes the first item for it.
    if (request.mode === 'reduce' && request.initial === undefined && request.items.length > 0) {
      this.#yield.take(0, request.items[0]);
      this.#position = 1;
    }
  }

  /** Stays synchronous while the function is: a promise for each item would cost more than many an item. */
  go(): ChunkResponse | Promise<ChunkResponse> {
    while (this.#goesOn()) {
      let result: unknown;
      try {
        result = this.#call();
      } catch (error) {
        this.#fail(error);
        continue;
      }
      if (isThenable(result)) return this.#goAfter(result);
      this.#take(result);
    }
    return this.#response();
  }

  async #goAfter(pending: PromiseLike<unknown>): Promise<ChunkResponse> {
    try {
      this.#take(await pending);
    } catch (error) {
      this.#fail(error);
    }
    return this.go();
  }

  #goesOn(): boolean {
    const { items, budget } = this.#request;
    if (this.#over || this.#position >= items.length) return false;
    if (this.#position === 0) return true;
    // Its signal says the same, and would have to be made.
    if (this.#context.aborted === true) return false;
    return budget === undefined || realTime.now() - this.#begin < budget;
  }

  #call(): unknown {
    const { items, first, mode } = this.#request;
    const item = items[this.#position];
    const context = new ItemOfTask(this.#context, first + this.#position);
    return mode === 'reduce'
      ? this.#fn(this.#yield.folded?.(), item, context)
      : this.#fn(item, context);
  }

  #take(result: unknown): void {
    if (this.#request.settle === true && this.#refuses(result)) return;
    this.#over = this.#yield.take(this.#position, result);
    this.#position += 1;
  }

  /** Where failures are kept apart, one result that can not be copied must not take the others with it. */
  #refuses(result: unknown): boolean {
    if (this.#request.mode !== 'map') return false;
    // A thread hands over more kinds of values: memory that is shared, and keys.
    const crossing = isMainThread ? 'process' : 'thread';
    try {
      tryCopy(result, crossing);
      return false;
    } catch (cause) {
      this.#fail(uncloneableError('result', result, crossing, cause));
      return true;
    }
  }

  #fail(error: unknown): void {
    this.#failures.push([this.#position, encodeError(error)]);
    if (this.#request.settle !== true) {
      this.#over = true;
      return;
    }
    this.#yield.skip();
    this.#position += 1;
  }

  #response(): ChunkResponse {
    return {
      done: this.#position,
      elapsed: realTime.now() - this.#begin,
      ...this.#yield.parts(),
      ...(this.#failures.length > 0 && { failures: this.#failures }),
    };
  }
}
