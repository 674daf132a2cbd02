import {
  announceClass,
  type Application,
  EventDispatcher,
  ProcessManager,
  ServiceProvider,
} from '@proc/core';
import type { IpcBroker, IpcHub } from '@proc/ipc';
import type { WorkerKind } from '../contracts/worker-kind.js';
import type { WorkerPoolOptions } from '../contracts/worker-pool-options.js';
import { WorkerManager } from '../manager/worker-manager.js';
import { loadIpc } from '../pool/hub-source.js';
import { addParallelMacros, parallelFor } from '../parallel/install-parallel.js';
import { Parallel } from '../parallel/parallel.js';
import { addWorkerMacros } from './install-workers.js';

/** What `process.workers` of the configuration holds: options for all pools, and for those of one kind. */
export interface WorkersConfig extends WorkerPoolOptions {
  readonly process?: WorkerPoolOptions | undefined;
  readonly thread?: WorkerPoolOptions | undefined;
  readonly inline?: WorkerPoolOptions | undefined;
}

/**
 * Brings {@link WorkerManager} (`'process.workers'`) to the container and `workers()` to the process manager. Reads
 * `process.workers` of the configuration. At shutdown, pools end what they have begun, for 30 seconds at most;
 * afterwards there are none but closed ones.
 */
export class WorkersServiceProvider extends ServiceProvider {
  #hub: IpcHub | undefined;

  override register(): void {
    this.app.singleton(
      WorkerManager,
      (app) =>
        new WorkerManager({
          events: () => app.get(EventDispatcher),
          defaults: (kind) => optionsFor(kind, app.config.get<WorkersConfig>('process.workers')),
          hub: () => this.#hubOf(app),
        }),
    );
    this.app.alias('process.workers', WorkerManager);
    this.app.singleton(Parallel, (app) =>
      parallelFor(
        () => app.get(ProcessManager),
        () => app.get(WorkerManager),
      ),
    );
    this.app.alias('process.parallel', Parallel);
  }

  /** The application's, where it has one: elsewhere, or its own. */
  #hubOf(app: Application): IpcBroker {
    const { IpcBroker, IpcHub } = loadIpc();
    if (app.bound(IpcBroker)) return app.get(IpcBroker);
    return app.bound(IpcHub) ? app.get(IpcHub) : (this.#hub ??= new IpcHub());
  }

  override boot(): void {
    const manager = this.app.get(ProcessManager);
    addWorkerMacros(manager, this.app.get(WorkerManager));
    addParallelMacros(manager, this.app.get(Parallel));
  }

  override async shutdown(): Promise<void> {
    this.app.get(Parallel).killAll();
    await this.app.get(WorkerManager).shutdown();
    await this.#hub?.close();
  }
}

function optionsFor(kind: WorkerKind, config: WorkersConfig = {}): WorkerPoolOptions {
  const { process, thread, inline, ...common } = config;
  return { ...common, ...{ process, thread, inline }[kind] };
}

// So that they can be provided before this module is loaded.
announceClass(Symbol.for('@proc/workers/WorkerManager'), WorkerManager);
announceClass(Symbol.for('@proc/workers/Parallel'), Parallel);
