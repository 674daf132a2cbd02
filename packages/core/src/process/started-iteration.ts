import type { RunningProcess } from '../contracts/running-process.js';

/** Iterates over the lines of a process that it starts itself, and stops when the loop is left. */
export class StartedLines implements AsyncIterableIterator<string> {
  readonly #start: () => Promise<RunningProcess>;
  #process: Promise<RunningProcess> | undefined;
  #lines: AsyncIterator<string> | undefined;

  constructor(start: () => Promise<RunningProcess>) {
    this.#start = start;
  }

  next(): Promise<IteratorResult<string, undefined>> {
    const next = this.#lines === undefined ? this.#first() : this.#lines.next();
    return next.catch(this.#fail);
  }

  async return(): Promise<IteratorResult<string, undefined>> {
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

  async #first(): Promise<IteratorResult<string, undefined>> {
    this.#process ??= this.#start();
    const process = await this.#process;
    this.#lines ??= process[Symbol.asyncIterator]();
    return this.#lines.next();
  }
}
