import type { EventDispatcher, ProcessManager } from '@proc/core';
import { addParallelMacros, parallelFor } from '../parallel/install-parallel.js';
import { WorkerManager } from '../manager/worker-manager.js';

declare module '@proc/core' {
  interface ProcessManager {
    /**
     * Pools of workers: child processes and threads that run functions.
     *
     * @example
     * ```ts
     * const pool = processes.workers().processPool({ size: 4 });
     * const sum = await pool.run((a: number, b: number) => a + b, 1, 2);
     * ```
     */
    workers(): WorkerManager;
  }
}

/**
 * Gives a manager its `workers()`, `map()` and their like without an `Application`; with one, register
 * {@link WorkersServiceProvider} instead.
 *
 * @param events - hears of all workers and tasks
 * @returns the manager of the pools, to be closed at the end
 */
export function installWorkers(manager: ProcessManager, events?: EventDispatcher): WorkerManager {
  const workers = new WorkerManager({ events: () => events });
  addWorkerMacros(manager, workers);
  addParallelMacros(
    manager,
    parallelFor(
      () => manager,
      () => workers,
    ),
  );
  return workers;
}

/** Lets a manager give its pools of workers. */
export function addWorkerMacros(manager: ProcessManager, workers: WorkerManager): void {
  manager.macro('workers', () => workers);
}
