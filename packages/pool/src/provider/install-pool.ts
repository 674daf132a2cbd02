import type { EventDispatcher, ProcessManager } from '@proc/core';
import type { Concurrency } from '../contracts/concurrency.js';
import type { GateOptions } from '../contracts/gate-options.js';
import type { PoolDefinition } from '../contracts/pool-definition.js';
import type { PoolOptions } from '../contracts/pool-options.js';
import type { PoolChunkCallback, PoolOutputCallback } from '../contracts/pool-output-callback.js';
import { PoolFactory, type OutputOrOptions } from '../pool-factory.js';
import type { Pool } from '../pool.js';
import type { PoolResults } from '../results/pool-results.js';

declare module '@proc/core' {
  interface ProcessManager {
    /**
     * Many commands at once, a limited number at a time.
     *
     * @example
     * ```ts
     * const results = await processes.pool([['gzip', 'a'], ['gzip', 'b']], { maxProcesses: 2 }).start();
     * ```
     */
    pool(definition: PoolDefinition, options?: PoolOptions): Pool;
    /**
     * Runs a pool to its end.
     *
     * @example
     * ```ts
     * const [first, second] = await processes.concurrently([['ls'], ['pwd']]);
     * ```
     */
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
  }
}

/** Defaults for the pools of a manager. */
export interface PoolDefaults extends GateOptions {
  readonly concurrency?: Concurrency | undefined;
}

/**
 * Gives a manager its `pool` and `concurrently` without an `Application`; with one, register
 * {@link PoolServiceProvider} instead.
 *
 * @param events - hears of the progress of all pools
 */
export function installPool(
  manager: ProcessManager,
  events?: EventDispatcher,
  defaults: PoolDefaults = {},
): PoolFactory {
  const { concurrency, ...gates } = defaults;
  const factory = new PoolFactory({ manager, events, concurrency, gates });
  addPoolMacros(manager, factory);
  return factory;
}

/** Lets a manager make its pools with a factory. */
export function addPoolMacros(manager: ProcessManager, factory: PoolFactory): void {
  manager.macro('pool', (definition: PoolDefinition, options?: PoolOptions) =>
    factory.pool(definition, options),
  );
  manager.macro(
    'concurrently',
    (definition: PoolDefinition, second?: OutputOrOptions, options?: PoolOptions) =>
      factory.concurrently(definition, second as PoolOutputCallback, options),
  );
}
