import type { WaitOptions } from '../contracts/wait-options.js';
import type { Connection } from './connection.js';
import { HeldLock, type Grant } from './held-lock.js';
import { atOnce, holding } from './holding.js';
import type { Scopes } from './scopes.js';

/** How a lock is used. */
export interface LockOptions {
  /**
   * Whether who holds the lock, in this scope or one around it (see {@link Ipc.scope}), gets in again instead of
   * waiting for itself; default: false.
   */
  readonly reentrant?: boolean | undefined;
}

/** A lock with one holder at a time, between processes and within each. First come, first served. */
export class IpcLock {
  /** @internal */
  constructor(
    private readonly connection: Connection,
    private readonly scopes: Scopes,
    readonly name: string,
    private readonly options: LockOptions,
  ) {}

  /**
   * Waits for the lock. It is released by the holder, or by the hub when the holder's connection is lost.
   *
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}
   * @throws {@link DeadlockError} when it would wait in a circle of scopes
   */
  async acquire(options?: WaitOptions): Promise<HeldLock> {
    const grant = await this.connection.request<Grant>('lock.acquire', this.name, {
      args: [this.scopes.current, this.options.reentrant === true],
      wait: options,
    });
    return new HeldLock(this.connection, 'lock', this.name, grant);
  }

  /** The lock, if it is free. */
  tryAcquire(): Promise<HeldLock | undefined> {
    return atOnce((options) => this.acquire(options));
  }

  /** Runs a function, in a scope of its own, while it holds the lock. @throws as {@link acquire}, or what it throws */
  withLock<T>(run: (held: HeldLock) => T | PromiseLike<T>, options?: WaitOptions): Promise<T> {
    return holding(this.scopes, (wait) => this.acquire(wait), run, options);
  }
}
