import type { Duration, EventDispatcher, ProcessManager } from '@proc/core';
import type { Concurrency } from './concurrency.js';
import type { GateOptions } from './gate-options.js';

/** What a pool takes from the application around it. */
export interface PoolEnvironment {
  readonly manager: ProcessManager;
  /** Hears of the pool's progress. */
  readonly events?: EventDispatcher | undefined;
  /** For pools that do not say; default `'cpus'`. */
  readonly concurrency?: Concurrency | undefined;
  /** For pools that do not say. */
  readonly gates?: GateOptions | undefined;
  /** Holds each pool while it runs. */
  readonly active?: Set<StoppablePool> | undefined;
}

/** A pool, for those who only want it to end. */
export interface StoppablePool {
  /** Stops what runs and skips the rest; resolves when nothing runs any more. */
  stop(grace?: Duration): Promise<void>;
}
