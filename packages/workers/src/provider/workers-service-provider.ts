import { EventDispatcher, ProcessManager, ServiceProvider } from '@proc/core';
import type { WorkerKind } from '../contracts/worker-kind.js';
import type { WorkerPoolOptions } from '../contracts/worker-pool-options.js';
import { WorkerManager } from '../manager/worker-manager.js';
import { addWorkerMacros } from './install-workers.js';

/** What `process.workers` of the configuration holds: options for all pools, and for those of one kind. */
export interface WorkersConfig extends WorkerPoolOptions {
  readonly process?: WorkerPoolOptions | undefined;
  readonly thread?: WorkerPoolOptions | undefined;
  readonly inline?: WorkerPoolOptions | undefined;
}

/**
 * Brings {@link WorkerManager} (`'process.workers'`) to the container and `workers()` to the process manager. Reads
 * `process.workers` of the configuration. At shutdown, pools end what they have begun, for 30 seconds at most.
 */
export class WorkersServiceProvider extends ServiceProvider {
  override register(): void {
    this.app.singleton(
      WorkerManager,
      (app) =>
        new WorkerManager({
          events: () => app.get(EventDispatcher),
          defaults: (kind) => optionsFor(kind, app.config.get<WorkersConfig>('process.workers')),
        }),
    );
    this.app.alias('process.workers', WorkerManager);
  }

  override boot(): void {
    addWorkerMacros(this.app.get(ProcessManager), this.app.get(WorkerManager));
  }

  override async shutdown(): Promise<void> {
    await this.app.get(WorkerManager).close();
  }
}

function optionsFor(kind: WorkerKind, config: WorkersConfig = {}): WorkerPoolOptions {
  const { process, thread, inline, ...common } = config;
  return { ...common, ...{ process, thread, inline }[kind] };
}
