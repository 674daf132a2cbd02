import type { WaitOptions } from '../contracts/wait-options.js';
import type { Connection } from './connection.js';

/** A meeting of so many parties: each waits for all. */
export class IpcBarrier {
  /** @internal */
  constructor(
    private readonly connection: Connection,
    readonly name: string,
    private readonly parties: number,
  ) {}

  /**
   * Waits until all parties do. One that leaves before, by timeout, signal or death, breaks the barrier for all, until
   * it is {@link reset}.
   *
   * @returns the place in the order of coming, from 0: one party may do then what has to be done once
   * @throws {@link BrokenBarrierError}, {@link IpcTimeoutError}, {@link IpcCancelledError}
   */
  wait(options?: WaitOptions): Promise<number> {
    return this.#request('wait', options);
  }

  /** Breaks it: everybody who waits, or comes, gets a {@link BrokenBarrierError}. */
  abort(): Promise<void> {
    return this.#request('abort');
  }

  /** Makes it as new. Who waits gets a {@link BrokenBarrierError}. */
  reset(): Promise<void> {
    return this.#request('reset');
  }

  /** How many wait, and whether it is broken. */
  state(): Promise<{ readonly waiting: number; readonly broken: boolean }> {
    return this.#request('state');
  }

  #request<T>(operation: string, wait?: WaitOptions): Promise<T> {
    const options = { parties: this.parties };
    return this.connection.request<T>(`barrier.${operation}`, this.name, { options, wait });
  }
}
