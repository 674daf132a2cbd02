import { allowManyListeners } from '@proc/core/internal';
import type { TaskHandle } from '../contracts/task-handle.js';
import { TaskTimedOutError, type TaskLimit } from '../errors/task-timed-out-error.js';
import type { TaskReference } from '../functions/task-reference.js';
import type { Admission } from './admission.js';
import type { PoolEngine } from './pool-engine.js';
import type { ResolvedTaskOptions } from './resolve-task-options.js';
import { Task } from './task.js';

/** Makes the tasks of a pool, and sees to it that each ends when its signal or its limits say so. */
export class Submissions {
  readonly #engine: PoolEngine;
  readonly #admission: Admission;
  readonly #onTask: (task: TaskHandle) => void;
  #nextNumber = 1;

  /** @param onTask - hears of every task that is submitted */
  constructor(engine: PoolEngine, admission: Admission, onTask: (task: TaskHandle) => void) {
    this.#engine = engine;
    this.#admission = admission;
    this.#onTask = onTask;
  }

  make(reference: TaskReference, args: readonly unknown[], options: ResolvedTaskOptions): Task {
    const task = new Task(this.#engine, this.#nextNumber, reference, args, options);
    this.#nextNumber += 1;
    return task;
  }

  submit(reference: TaskReference, args: readonly unknown[], options: ResolvedTaskOptions): Task {
    const task = this.make(reference, args, options);
    this.#engine.reporter.submitted(task);
    this.#onTask(task);
    const { queueTimeoutMs, deadlineMs, signal } = options;
    if (signal !== undefined) heed(task, signal);
    if (queueTimeoutMs !== undefined) this.#limit(task, 'queueTimeout', queueTimeoutMs);
    if (deadlineMs !== undefined) this.#limit(task, 'deadline', deadlineMs);
    if (!task.isSettled) this.#admission.admit(task);
    return task;
  }

  #limit(task: Task, limit: TaskLimit, ms: number): void {
    const timer = setTimeout(() => {
      if (task.isSettled) return;
      const error = new TaskTimedOutError(task.id, task.name, limit, ms);
      if (limit === 'queueTimeout') this.#engine.endUnlessBegun(task, error);
      else this.#engine.end(task, 'timedOut', error);
    }, ms);
    (task.cleanups ??= []).push(() => {
      clearTimeout(timer);
    });
  }
}

function heed(task: Task, signal: AbortSignal): void {
  if (signal.aborted) {
    task.cancel(signal.reason);
    return;
  }
  allowManyListeners(signal);
  const abort = (): void => {
    task.cancel(signal.reason);
  };
  signal.addEventListener('abort', abort, { once: true });
  (task.cleanups ??= []).push(() => {
    signal.removeEventListener('abort', abort);
  });
}
