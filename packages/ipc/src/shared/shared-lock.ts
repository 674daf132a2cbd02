import type { Duration } from '@proc/core';
import type { WaitOptions } from '../contracts/wait-options.js';
import { NotHeldError } from '../errors/not-held-error.js';
import { Deadline } from './deadline.js';
import { LOCK, type OpenedMemory } from './layout.js';

/** A lock in shared memory that this thread holds. `using` or `await using` gives it back. */
export class SharedHeldLock implements Disposable {
  #released = false;

  /** @internal */
  constructor(
    /** Larger than that of any holder before. */
    readonly token: number,
    /** The holder before was lost before it released: what the lock guards may have been left half done. */
    readonly abandoned: boolean,
    private readonly giveBack: () => void,
  ) {}

  /** @throws {@link NotHeldError} when it has been released already, or was taken away with the session */
  release(): void {
    if (this.#released) throw new NotHeldError('The lock has been released already.');
    this.#released = true;
    this.giveBack();
  }

  /** Releases it, unless that has been done. */
  [Symbol.dispose](): void {
    if (!this.#released) this.release();
  }
}

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
    for (;;) {
      const held = this.tryAcquire();
      if (held !== undefined) return held;
      const holder = Atomics.load(this.#cells, LOCK.owner);
      if (holder !== 0) await deadline.change(this.#cells, LOCK.owner, holder);
    }
  }

  /**
   * Blocks the thread until it has the lock.
   *
   * @throws {@link IpcTimeoutError}
   * @throws {@link InvalidArgumentError} when it would have to wait on the main thread
   */
  acquireSync(timeout?: Duration): SharedHeldLock {
    const deadline = new Deadline({ op: 'shared.lock.acquire', name: this.name }, { timeout });
    for (;;) {
      const held = this.tryAcquire();
      if (held !== undefined) return held;
      const holder = Atomics.load(this.#cells, LOCK.owner);
      if (holder !== 0) deadline.changeSync(this.#cells, LOCK.owner, holder);
    }
  }

  /** The lock, if it is free. */
  tryAcquire(): SharedHeldLock | undefined {
    const cells = this.#cells;
    if (Atomics.compareExchange(cells, LOCK.owner, 0, this.#owner) !== 0) return undefined;
    const token = Atomics.add(cells, LOCK.token, 1) + 1;
    const abandoned = Atomics.exchange(cells, LOCK.abandoned, 0) === 1;
    return new SharedHeldLock(token, abandoned, () => {
      this.#release();
    });
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

  #release(): void {
    if (Atomics.compareExchange(this.#cells, LOCK.owner, this.#owner, 0) !== this.#owner) {
      throw new NotHeldError(`The lock "${this.name}" was taken away with the session.`);
    }
    Atomics.notify(this.#cells, LOCK.owner);
  }
}
