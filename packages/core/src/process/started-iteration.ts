import type { RunningProcess } from '../contracts/running-process.js';

/** Iterates over what a process prints that it starts itself, and stops it when the loop is left. */
export class StartedIteration<T> implements AsyncIterableIterator<T> {
  readonly #start: () => Promise<RunningProcess>;
  readonly #open: (process: RunningProcess) => AsyncIterable<T>;
  #process: Promise<RunningProcess> | undefined;
  #items: AsyncIterator<T> | undefined;

  /** @param open - what is iterated over, once the process has been started */
  constructor(
    start: () => Promise<RunningProcess>,
    open: (process: RunningProcess) => AsyncIterable<T>,
  ) {
    this.#start = start;
    this.#open = open;
  }

  next(): Promise<IteratorResult<T, undefined>> {
    const next = this.#items === undefined ? this.#first() : this.#items.next();
    return next.catch(this.#fail);
  }

  async return(): Promise<IteratorResult<T, undefined>> {
    const process = await this.#process;
    await process?.stop();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  /** A loop that fails is left without a `return`. */
  readonly #fail = async (error: unknown): Promise<never> => {
    // One that could not be started has nothing to stop.
    await this.return().catch(() => undefined);
    throw error;
  };

  async #first(): Promise<IteratorResult<T, undefined>> {
    this.#process ??= this.#start();
    const process = await this.#process;
    this.#items ??= this.#open(process)[Symbol.asyncIterator]();
    return this.#items.next();
  }
}
