import type { Duration } from '@proc/core';
import type { WaitOptions } from '../contracts/wait-options.js';
import { NotHeldError } from '../errors/not-held-error.js';
import { Blocked, Deadline } from './deadline.js';
import { SEMAPHORE, type OpenedMemory } from './layout.js';
import { SharedPermit } from './shared-permit.js';

/** So many permits, in memory that threads share. Whoever comes when one is free gets it, before those who wait. */
export class SharedSemaphore {
  readonly #cells: Int32Array;
  readonly #owner: number;

  /** @internal */
  constructor(
    readonly name: string,
    { memory, owner }: OpenedMemory,
  ) {
    this.#cells = new Int32Array(memory);
    this.#owner = owner;
  }

  /** How many permits there are. */
  get permits(): number {
    return this.#cells.length - SEMAPHORE.permits;
  }

  /** How many are free at this moment. */
  get available(): number {
    return this.#cells.subarray(SEMAPHORE.permits).filter((owner) => owner === 0).length;
  }

  /** Waits for a permit. @throws {@link IpcTimeoutError}, {@link IpcCancelledError} */
  async acquire(options: WaitOptions = {}): Promise<SharedPermit> {
    return this.#deadline(options).until(this.#cells, () => this.#take());
  }

  /**
   * Blocks the thread until it has a permit.
   *
   * @throws {@link IpcTimeoutError}
   * @throws {@link InvalidArgumentError} when it would have to wait on the main thread
   */
  acquireSync(timeout?: Duration): SharedPermit {
    return this.#deadline({ timeout }).untilSync(this.#cells, () => this.#take());
  }

  /** A permit, if one is free. */
  tryAcquire(): SharedPermit | undefined {
    const permit = this.#take();
    return permit instanceof Blocked ? undefined : permit;
  }

  /** Runs a function while it has a permit. @throws as {@link acquire}, or what the function throws */
  async withPermit<T>(run: () => T | PromiseLike<T>, options?: WaitOptions): Promise<T> {
    const permit = await this.acquire(options);
    try {
      return await run();
    } finally {
      permit[Symbol.dispose]();
    }
  }

  #deadline(options: WaitOptions): Deadline {
    return new Deadline({ op: 'shared.semaphore.acquire', name: this.name }, options);
  }

  /** Each permit changes hands by one step, so that nothing lies between two owners when a thread is lost. */
  #take(): SharedPermit | Blocked {
    const cells = this.#cells;
    // Before the search: a permit that comes back behind it is not missed.
    const returns = Atomics.load(cells, SEMAPHORE.returns);
    for (let index = SEMAPHORE.permits; index < cells.length; index++) {
      if (Atomics.compareExchange(cells, index, 0, this.#owner) !== 0) continue;
      return new SharedPermit(() => {
        this.#giveBack(index);
      });
    }
    return new Blocked(SEMAPHORE.returns, returns);
  }

  #giveBack(index: number): void {
    if (Atomics.compareExchange(this.#cells, index, this.#owner, 0) !== this.#owner) {
      throw new NotHeldError(`A permit of "${this.name}" was taken away with the session.`);
    }
    Atomics.add(this.#cells, SEMAPHORE.returns, 1);
    Atomics.notify(this.#cells, SEMAPHORE.returns);
  }
}
