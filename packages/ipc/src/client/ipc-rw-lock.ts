import type { WaitOptions } from '../contracts/wait-options.js';
import type { Connection } from './connection.js';
import { HeldLock, type Grant } from './held-lock.js';
import { holding } from './holding.js';
import type { Scopes } from './scopes.js';

/** A lock for many readers or one writer. First come, first served, so that no writer starves. */
export class IpcRwLock {
  /** @internal */
  constructor(
    private readonly connection: Connection,
    private readonly scopes: Scopes,
    readonly name: string,
  ) {}

  /**
   * Waits until nobody writes.
   *
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}, {@link DeadlockError}
   */
  read(options?: WaitOptions): Promise<HeldLock> {
    return this.#acquire('rwlock.read', options);
  }

  /** Waits until nobody reads or writes. @throws as {@link read} */
  write(options?: WaitOptions): Promise<HeldLock> {
    return this.#acquire('rwlock.write', options);
  }

  /** Runs a function, in a scope of its own, while it may read. */
  withRead<T>(run: (held: HeldLock) => T | PromiseLike<T>, options?: WaitOptions): Promise<T> {
    return holding(this.scopes, (wait) => this.read(wait), run, options);
  }

  /** Runs a function, in a scope of its own, while it may write. */
  withWrite<T>(run: (held: HeldLock) => T | PromiseLike<T>, options?: WaitOptions): Promise<T> {
    return holding(this.scopes, (wait) => this.write(wait), run, options);
  }

  async #acquire(op: string, wait: WaitOptions | undefined): Promise<HeldLock> {
    const args = [this.scopes.current];
    const grant = await this.connection.request<Grant>(op, this.name, { args, wait });
    return new HeldLock(this.connection, 'rwlock', this.name, grant);
  }
}
