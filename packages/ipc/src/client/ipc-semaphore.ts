import type { WaitOptions } from '../contracts/wait-options.js';
import type { Connection } from './connection.js';
import { HeldLock, type Grant } from './held-lock.js';
import { atOnce, holding, type Acquire } from './holding.js';
import type { Scopes } from './scopes.js';

/** What is taken of a semaphore. */
export interface PermitOptions extends WaitOptions {
  /** Default: 1. */
  readonly permits?: number | undefined;
}

/** So many permits, for everybody together. Those of a connection that is lost come back. */
export class IpcSemaphore {
  /** @internal */
  constructor(
    private readonly connection: Connection,
    private readonly scopes: Scopes,
    readonly name: string,
    private readonly permits: number,
  ) {}

  /**
   * Waits for permits.
   *
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}
   * @throws {@link IpcMismatchError} when it is in use with another number of permits
   */
  async acquire({ permits = 1, ...wait }: PermitOptions = {}): Promise<HeldLock> {
    const { connection, name } = this;
    const options = { permits: this.permits };
    const ask = { options, args: [permits], wait };
    const grant = await connection.request<Grant>('semaphore.acquire', name, ask);
    return new HeldLock(connection, 'semaphore', name, grant);
  }

  /** A permit, if one is free. */
  tryAcquire(permits = 1): Promise<HeldLock | undefined> {
    return atOnce((wait) => this.acquire({ ...wait, permits }));
  }

  /** Runs a function while it has a permit. */
  withPermit<T>(run: (held: HeldLock) => T | PromiseLike<T>, options?: PermitOptions): Promise<T> {
    const acquire: Acquire = (wait) => this.acquire({ ...options, ...wait });
    return holding(this.scopes, acquire, run, options);
  }

  /** How many permits are free. */
  available(): Promise<number> {
    const options = { permits: this.permits };
    return this.connection.request('semaphore.available', this.name, { options });
  }
}
