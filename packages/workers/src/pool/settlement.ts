import { realTime } from '@proc/core/internal';
import type { TaskFailure } from '../contracts/task-options.js';
import { PoisonTaskError } from '../errors/poison-task-error.js';
import type { PoolReporter } from './pool-reporter.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import type { Task } from './task.js';
import { timerMs } from './timer-ms.js';

/** What the end of a task needs of its pool. */
export interface SettlementOwner {
  readonly reporter: PoolReporter;
  giveBack(tasks: readonly Task[]): void;
}

/** Decides what a failure means for a task: another attempt, or its end. */
export class Settlement {
  readonly #owner: SettlementOwner;
  readonly #options: ResolvedPoolOptions;
  readonly #delayed = new Set<Task>();

  constructor(owner: SettlementOwner, options: ResolvedPoolOptions) {
    this.#owner = owner;
    this.#options = options;
  }

  /** Tasks that wait for their next attempt, or to be told whether there is one. */
  get delayed(): ReadonlySet<Task> {
    return this.#delayed;
  }

  /** An attempt is over, and what becomes of the task is not yet known: whoever is asked may end it, or its pool. */
  suspend(task: Task): void {
    task.unlimit();
    task.mail = undefined;
    task.status = 'queued';
    task.place = 'retry';
    this.#delayed.add(task);
  }

  /** An attempt has failed. */
  fail(task: Task, failure: TaskFailure, error: Error): void {
    if (task.isSettled) return;
    this.suspend(task);
    if (failure === 'crash') task.crashes += 1;
    const status = failure === 'timeout' ? 'timedOut' : 'failed';
    let mayRetry: boolean;
    try {
      mayRetry = this.#mayRetry(task, failure, error);
    } catch (thrown) {
      this.reject(task, 'failed', thrown instanceof Error ? thrown : new Error(String(thrown)));
      return;
    }
    if (!this.#delayed.has(task)) return;
    if (!mayRetry) this.reject(task, status, error);
    else if (task.crashes >= this.#options.poisonAfter) {
      this.reject(task, 'failed', new PoisonTaskError(task.id, task.name, task.crashes, error));
    } else this.#retry(task, error);
  }

  /** A task is at its end. */
  reject(task: Task, status: 'failed' | 'cancelled' | 'timedOut', error: Error): void {
    if (task.isSettled) return;
    this.#delayed.delete(task);
    task.place = 'none';
    task.settle(status, error);
    this.#owner.reporter.failed(task, status, error);
  }

  #mayRetry(task: Task, failure: TaskFailure, error: Error): boolean {
    const { retry } = task.options;
    if (retry === undefined || task.attempt > retry.times || !retry.on.includes(failure)) {
      return false;
    }
    return retry.when === undefined || retry.when(error, task.attempt);
  }

  #retry(task: Task, error: Error): void {
    const { delayMs = 0, factor = 1 } = task.options.retry ?? {};
    const delay = timerMs(delayMs * factor ** (task.attempt - 1));
    task.attempt += 1;
    this.#owner.reporter.retrying(task, error, delay);
    if (task.isSettled) return;
    const again = (): void => {
      if (this.#delayed.delete(task)) this.#owner.giveBack([task]);
    };
    // Who comes back does so before all others, and never at the end of the queue.
    if (delay === 0) {
      realTime.queueMicrotask(again);
      return;
    }
    const timer = setTimeout(again, delay);
    (task.cleanups ??= []).push(() => {
      clearTimeout(timer);
    });
  }
}
