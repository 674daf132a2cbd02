import type { ProcessManager } from '@proc/core';
import { fakesOf } from '../manager/fakes-of.js';
import type { WorkerManager } from '../manager/worker-manager.js';
import { ParallelDepthError } from '../errors/parallel-depth-error.js';
import { currentDepth } from '../worker/current-depth.js';
import type { ParallelPool } from './flow/parallel-pool.js';
import { LocalPool } from './nested/local-pool.js';
import { Parallel } from './parallel.js';
import type { WorkerType } from './parallel-options.js';

/** Workers of workers of workers may be asked for by their kind; more would be a mistake. */
const DEEPEST = 3;

const MEMBERS = ['map', 'filter', 'reduce', 'forEach', 'some', 'every', 'tasks', 'fork'] as const;

/** Work on the pools that all share; both are asked for when they are needed. */
export function parallelFor(
  processes: () => ProcessManager,
  workers: () => WorkerManager,
): Parallel {
  return new Parallel({
    processes,
    pool: (type) => poolFor(type, workers),
    hub: () => workers().hub(),
    fakeFork: () => fakesOf(workers())?.fork(),
  });
}

/** Lets a manager work on many items. */
export function addParallelMacros(manager: ProcessManager, parallel: Parallel): void {
  manager.macro('parallel', () => parallel);
  for (const name of MEMBERS) {
    const member = parallel[name].bind(parallel) as (...args: never[]) => unknown;
    manager.macro(name, member);
  }
}

function poolFor(type: WorkerType | undefined, workers: () => WorkerManager): ParallelPool {
  const depth = currentDepth();
  if (depth === 0) return workers().defaultPool(type ?? 'process');
  // In a worker it is the worker itself, unless it is said which.
  if (type === undefined) return new LocalPool(fakesOf(workers())?.wrap());
  if (depth >= DEEPEST) throw new ParallelDepthError(depth);
  return workers().defaultPool(type);
}
