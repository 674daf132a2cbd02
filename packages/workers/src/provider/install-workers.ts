import { InvalidArgumentError, type EventDispatcher, type ProcessManager } from '@proc/core';
import { showValue } from '@proc/core/internal';
import type { Parallel } from '../parallel/parallel.js';
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
    /** Work on many items at once, in workers: also `find`, which here looks for a process, and `killAll`. */
    parallel(): Parallel;
    /**
     * What a function gives for each item, in workers. Await it for a list, or iterate over it.
     *
     * @example
     * ```ts
     * const roots = await processes.map([1, 4, 9], (value) => Math.sqrt(value));
     * ```
     */
    map: Parallel['map'];
    /** The items that a function says yes to. */
    filter: Parallel['filter'];
    /** All items folded into one value. */
    reduce: Parallel['reduce'];
    /** Runs a function for each item. */
    forEach: Parallel['forEach'];
    /** Whether a function says yes to any item. */
    some: Parallel['some'];
    /** Whether a function says yes to all items. */
    every: Parallel['every'];
    /** Different functions together, so many at once. */
    tasks: Parallel['tasks'];
    /** One function in a process of its own, not yet started. */
    fork: Parallel['fork'];
  }
}

/**
 * Gives a manager its `workers()`, `map()` and their like without an `Application`; with one, register
 * {@link WorkersServiceProvider} instead.
 *
 * @param events - hears of all workers and tasks
 * @returns the manager of the pools, to be closed at the end
 * @throws {@link InvalidArgumentError} for what is no process manager
 */
export function installWorkers(manager: ProcessManager, events?: EventDispatcher): WorkerManager {
  if (typeof (manager as Partial<ProcessManager> | null)?.macro !== 'function') {
    throw new InvalidArgumentError(`Expected a process manager; got ${showValue(manager)}.`);
  }
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
