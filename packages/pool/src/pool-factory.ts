import type { Duration } from '@proc/core';
import type { PoolDefinition } from './contracts/pool-definition.js';
import type { PoolEnvironment, StoppablePool } from './contracts/pool-environment.js';
import type { PoolOptions } from './contracts/pool-options.js';
import type { PoolChunkCallback, PoolOutputCallback } from './contracts/pool-output-callback.js';
import { Pool } from './pool.js';
import { ProcessPool, type ProcessPoolOptions } from './process-pool.js';
import type { PoolResults } from './results/pool-results.js';

/** The second argument of `concurrently`. */
export type OutputOrOptions = PoolOutputCallback | PoolChunkCallback | PoolOptions | null;

/** Makes pools, and knows which of them run. This is what `app.get('process.pool')` gives. */
export class PoolFactory implements StoppablePool {
  readonly #environment: PoolEnvironment;
  readonly #active = new Set<StoppablePool>();

  constructor(environment: PoolEnvironment) {
    this.#environment = environment;
  }

  /** A pool that waits for its start. See {@link Pool}. */
  pool(definition: PoolDefinition, options?: PoolOptions): Pool {
    const { manager, events, concurrency, gates } = this.#environment;
    const environment = { manager, events, concurrency, gates, active: this.#active };
    return new Pool(environment, definition, options);
  }

  /** Runs a pool to its end: `pool(definition, options).start(onOutput)`. */
  concurrently(
    definition: PoolDefinition,
    onOutput: PoolOutputCallback & PoolChunkCallback,
    options?: PoolOptions,
  ): Promise<PoolResults>;
  concurrently(
    definition: PoolDefinition,
    onOutput?: PoolOutputCallback | PoolChunkCallback | null,
    options?: PoolOptions,
  ): Promise<PoolResults>;
  concurrently(definition: PoolDefinition, options: PoolOptions): Promise<PoolResults>;
  async concurrently(
    definition: PoolDefinition,
    second?: OutputOrOptions,
    third?: PoolOptions,
  ): Promise<PoolResults> {
    if (typeof second === 'object' && second !== null && third === undefined) {
      return this.pool(definition, second).start();
    }
    return this.pool(definition, third).start(second as PoolOutputCallback | null | undefined);
  }

  /** A long-lived queue. */
  queue(options?: ProcessPoolOptions): ProcessPool {
    return new ProcessPool(this.#environment.manager, options);
  }

  /** Stops every pool that runs; resolves when all have ended. */
  async stop(grace?: Duration): Promise<void> {
    await Promise.all([...this.#active].map((pool) => pool.stop(grace)));
  }
}
