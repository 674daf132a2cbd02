import { TaskCancelledError } from '../errors/task-cancelled-error.js';
import { TaskTimedOutError } from '../errors/task-timed-out-error.js';
import type { Crew } from './crew.js';
import { Endings } from './endings.js';
import type { Settlement } from './settlement.js';
import type { Task } from './task.js';
import type { TaskQueue } from './task-queue.js';

/** The pool whose tasks are taken away. */
export interface WithdrawalsOwner {
  inFlight: number;
  readonly queue: TaskQueue<Task>;
  readonly crew: Crew;
  onForgotten(): void;
}

/** Ends tasks before their time: they are cancelled, or take too long. */
export class Withdrawals {
  readonly #owner: WithdrawalsOwner;
  readonly #settlement: Settlement;
  readonly #endings: Endings;

  constructor(owner: WithdrawalsOwner, settlement: Settlement) {
    this.#owner = owner;
    this.#settlement = settlement;
    this.#endings = new Endings(owner.crew);
  }

  /** @returns whether there was anything to cancel */
  cancel(task: Task, reason: unknown): boolean {
    if (task.isSettled) return false;
    this.end(task, 'cancelled', new TaskCancelledError(task.id, task.name, reason));
    return true;
  }

  /** Ends a task wherever it is; its result is there at once. */
  end(task: Task, status: 'cancelled' | 'timedOut' | 'failed', error: Error): void {
    this.#leave(task, error);
    this.#settlement.reject(task, status, error);
  }

  /** An attempt has begun: from now on its time counts. */
  limit(task: Task): void {
    const { timeoutMs } = task.options;
    if (timeoutMs === undefined) return;
    task.limit(timeoutMs, () => {
      const error = new TaskTimedOutError(task.id, task.name, 'timeout', timeoutMs);
      this.#leave(task, error);
      this.#settlement.fail(task, 'timeout', error);
    });
  }

  /** Takes a task away from where it is. One that may run is asked to end, and its worker made to, after the grace. */
  #leave(task: Task, reason: Error): void {
    const owner = this.#owner;
    if (task.place === 'queue') owner.queue.forget();
    else if (task.place === 'outside') owner.onForgotten();
    const { worker, seq } = task;
    if (task.isInFlight && worker !== undefined) {
      owner.inFlight -= 1;
      task.unlimit();
      worker.abandon(seq, reason);
      this.#endings.after(task.options.graceMs, worker, seq);
    }
    task.place = 'none';
  }
}
