import type { EventDispatcher } from '@proc/core';
import type { WorkerBackend } from '../backends/worker-channel.js';
import type { HubSource } from './hub-source.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import type { WorkerPool } from './worker-pool.js';

/** What a pool is made with. */
export interface PoolEnvironment {
  readonly backend: WorkerBackend;
  readonly options: ResolvedPoolOptions;
  readonly events: () => EventDispatcher | undefined;
  /** What workers are connected to that want to be. */
  readonly hub: HubSource;
  /** Who does the work at the moment, if another pool does: a fake. */
  readonly standIn?: (() => WorkerPool | undefined) | undefined;
}
