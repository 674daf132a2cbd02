import { realTime } from '@proc/core/internal';
import { TaskCancelledError } from '../errors/task-cancelled-error.js';
import { TaskTimedOutError } from '../errors/task-timed-out-error.js';
import type { Crew } from './crew.js';
import { Endings } from './endings.js';
import type { PoolWorker } from './pool-worker.js';
import type { Settlement } from './settlement.js';
import type { Task } from './task.js';
import type { TaskQueue } from './task-queue.js';

/** The pool whose tasks are taken away. */
export interface WithdrawalsOwner {
  inFlight: number;
  readonly queue: TaskQueue<Task>;
  readonly crew: Crew;
  onForgotten(): void;
  schedule(): void;
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
    // There may be room, or nothing left to wait for.
    this.#owner.schedule();
  }

  /** The same for one that has waited for too long; when it has begun, it goes on. */
  endUnlessBegun(task: Task, error: Error): void {
    this.#unlessBegun(task, () => {
      this.end(task, 'timedOut', error);
    });
  }

  /** An attempt has begun: from now on its time counts. */
  limit(task: Task): void {
    const { timeoutMs } = task.options;
    if (timeoutMs === undefined) return;
    task.limit(timeoutMs, () => {
      this.#elapsed(task, timeoutMs);
    });
  }

  /**
   * A worker has a task for itself, and has nothing to do but to begin it: one that does not within the time that the
   * task may run, and its grace, will not.
   */
  expectBegin(task: Task, worker: PoolWorker): void {
    const { timeoutMs, graceMs } = task.options;
    if (timeoutMs === undefined) return;
    const { seq } = task;
    task.limit(timeoutMs + graceMs, () => {
      // What has come meanwhile is read first: this program itself may have been busy.
      realTime.setImmediate(() => {
        if (task.status !== 'sent' || task.seq !== seq || !task.isLimited) return;
        if (worker.lastStarted >= seq) this.limit(task);
        else this.#giveUp(task, worker, timeoutMs);
      });
    });
  }

  #giveUp(task: Task, worker: PoolWorker, timeoutMs: number): void {
    this.#unlessBegun(task, () => {
      this.#elapsed(task, timeoutMs);
      worker.kill();
      this.#owner.crew.grow();
    });
  }

  #elapsed(task: Task, timeoutMs: number): void {
    const error = new TaskTimedOutError(task.id, task.name, 'timeout', timeoutMs);
    this.#leave(task, error);
    this.#settlement.fail(task, 'timeout', error);
  }

  /** Where it can only be told by the worker, it is done when the worker has. */
  #unlessBegun(task: Task, end: () => void): void {
    const { worker } = task;
    if (!task.isInFlight || worker === undefined || worker.withdraw(task)) end();
    else if (task.status !== 'running') task.onDropped = end;
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
