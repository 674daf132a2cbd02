import type { Duration } from '@proc/core';
import type { WaitOptions } from '../contracts/wait-options.js';
import { NotHeldError } from '../errors/not-held-error.js';
import { Blocked, Deadline } from './deadline.js';
import { LOCK, type OpenedMemory } from './layout.js';
import { SharedHeldLock } from './shared-held-lock.js';

/** A lock in memory that threads share. Whoever comes when it is free gets it, before those who wait. */
export class SharedLock {
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

  /** @throws {@link IpcTimeoutError}, {@link IpcCancelledError} */
  async acquire(options: WaitOptions = {}): Promise<SharedHeldLock> {
    const deadline = new Deadline({ op: 'shared.lock.acquire', name: this.name }, options);
    return deadline.until(this.#cells, () => this.#take());
  }

  /**
   * Blocks the thread until it has the lock.
   *
   * @throws {@link IpcTimeoutError}
   * @throws {@link InvalidArgumentError} when it would have to wait on the main thread
   */
  acquireSync(timeout?: Duration): SharedHeldLock {
    const deadline = new Deadline({ op: 'shared.lock.acquire', name: this.name }, { timeout });
    return deadline.untilSync(this.#cells, () => this.#take());
  }

  /** The lock, if it is free. */
  tryAcquire(): SharedHeldLock | undefined {
    const held = this.#take();
    return held instanceof Blocked ? undefined : held;
  }

  /** Runs a function while it holds the lock. @throws as {@link acquire}, or what the function throws */
  async withLock<T>(
    run: (held: SharedHeldLock) => T | PromiseLike<T>,
    options?: WaitOptions,
  ): Promise<T> {
    const held = await this.acquire(options);
    try {
      return await run(held);
    } finally {
      held[Symbol.dispose]();
    }
  }

  #take(): SharedHeldLock | Blocked {
    const cells = this.#cells;
    const holder = Atomics.compareExchange(cells, LOCK.owner, 0, this.#owner);
    if (holder !== 0) return new Blocked(LOCK.owner, holder);
    const token = Atomics.add(cells, LOCK.token, 1) + 1;
    const abandoned = Atomics.exchange(cells, LOCK.abandoned, 0) === 1;
    return new SharedHeldLock(token, abandoned, () => {
      this.#release();
    });
  }

  #release(): void {
    if (Atomics.compareExchange(this.#cells, LOCK.owner, this.#owner, 0) !== this.#owner) {
      throw new NotHeldError(`The lock "${this.name}" was taken away with the session.`);
    }
    Atomics.notify(this.#cells, LOCK.owner);
  }
}
