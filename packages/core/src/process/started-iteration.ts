import { CallSite } from '../diagnostics/call-site.js';
import type { RunningProcess } from '../contracts/running-process.js';

/**
 * Iterates over what a process prints that it starts itself, and stops it when the loop is left. Nobody else sees how
 * the process ends, so a failure is an error at the end of the loop.
 */
export class StartedIteration<T> implements AsyncIterableIterator<T> {
  readonly #start: () => Promise<RunningProcess>;
  readonly #open: (process: RunningProcess) => AsyncIterable<T>;
  readonly #site = CallSite.capture();
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
    return this.#step().catch(this.#fail);
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

  async #step(): Promise<IteratorResult<T, undefined>> {
    this.#process ??= this.#start();
    const process = await this.#process;
    this.#items ??= this.#open(process)[Symbol.asyncIterator]();
    const item = await this.#items.next();
    if (item.done === true) (await process.wait()).throw((_, error) => this.#site.pointTo(error));
    return item;
  }
}
