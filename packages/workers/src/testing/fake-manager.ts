import { Application, InvalidArgumentError, type ProcessManager } from '@proc/core';
import { showValue } from '@proc/core/internal';
import { WorkerManager } from '../manager/worker-manager.js';
import { FakeWorkers } from './fake-workers.js';
import type { TaskFakeClosure, TaskFakes } from './task-fake.js';

const known = new WeakMap<WorkerManager, FakeWorkers>();

/**
 * Fakes the workers of an application, of a process manager or facade, or of a {@link WorkerManager}. Without fakes
 * every task returns nothing.
 *
 * @throws {@link InvalidArgumentError} for what has no workers, and for fakes that can be none
 * @example
 * ```ts
 * using fakes = fakeWorkers(app, { resize: (file: string) => `${file}.small` });
 * await makeThumbnails();
 * fakes.assertRanWith('resize', 'a.png', 200);
 * ```
 */
export function fakeWorkers(
  target: Application | ProcessManager | WorkerManager,
  fakes?: TaskFakes | TaskFakeClosure,
): FakeWorkers {
  const workers = workersOf(target);
  let made = known.get(workers);
  if (made === undefined) {
    made = new FakeWorkers(workers);
    known.set(workers, made);
  }
  return made.fake(fakes);
}

function workersOf(target: Application | ProcessManager | WorkerManager): WorkerManager {
  if (target instanceof WorkerManager) return target;
  if (target instanceof Application) return target.get(WorkerManager);
  if (typeof (target as Partial<ProcessManager> | null)?.workers === 'function') {
    return target.workers();
  }
  throw new InvalidArgumentError(
    `Expected a manager of workers, a process manager that has one, the facade Process or an application; got ${showValue(target)}.`,
  );
}
