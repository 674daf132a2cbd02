import { realTime } from '@proc/core/internal';
import type { WorkerEnd } from '../backends/worker-channel.js';
import { crashOf, exitReason, remainsOf, startErrorOf } from './crash.js';
import type { Crew } from './crew.js';
import { drainQueue } from './drain-queue.js';
import type { PoolReporter } from './pool-reporter.js';
import type { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import { lackOf } from './shortage.js';
import type { Settlement } from './settlement.js';
import type { Task } from './task.js';
import type { TaskQueue } from './task-queue.js';

/** The pool whose workers go. */
export interface LossesOwner {
  inFlight: number;
  readonly crew: Crew;
  readonly reporter: PoolReporter;
  giveBack(tasks: readonly Task[]): void;
  readonly queue: TaskQueue<Task>;
}

/** Sees to the tasks of workers that are gone. */
export class Losses {
  readonly #owner: LossesOwner;
  readonly #settlement: Settlement;
  readonly #options: ResolvedPoolOptions;

  constructor(owner: LossesOwner, settlement: Settlement, options: ResolvedPoolOptions) {
    this.#owner = owner;
    this.#settlement = settlement;
    this.#options = options;
  }

  /** A worker is as good as gone, and another one is on its way before it is. */
  begin(worker: PoolWorker): void {
    if (worker.isGoing || (worker.state !== 'ready' && worker.state !== 'spare')) return;
    worker.isGoing = true;
    worker.isFull = true;
    if (worker.inFlight.awaited > 0) this.#owner.crew.replaceLost();
  }

  /** Those that may have begun have failed, the others go back to the front of the queue. */
  settle(worker: PoolWorker, end: WorkerEnd): void {
    const owner = this.#owner;
    const wasStarting = owner.crew.remove(worker);
    const reason = exitReason(worker, wasStarting);
    if (reason === 'crashed' && !worker.isGoing && worker.inFlight.awaited > 0) {
      owner.crew.replaceLost();
    }
    owner.reporter.exited(worker, reason, end);
    const { unstarted, lost } = remainsOf(worker, this.#options.poisonAfter);
    owner.inFlight -= unstarted.length + lost.length;
    worker.inFlight.clear();
    // None of them runs any more when the first is asked about.
    for (const task of lost) this.#settlement.suspend(task);
    for (const task of unstarted) task.returns += 1;
    owner.reporter.requeuedCount += unstarted.length;
    owner.giveBack([...unstarted, ...this.#parked(worker, end)]);
    for (const task of lost) this.#settlement.fail(task, 'crash', crashOf(task, worker, end));
    // Nobody waits for a spare one.
    if (reason === 'startFailed' && !worker.isSpare) this.#startFailed(worker, end);
  }

  /** What waited for this worker, and may run in another one. */
  #parked(worker: PoolWorker, end: WorkerEnd): readonly Task[] {
    const movable = worker.parked.takeMovable();
    for (const task of worker.parked.drain()) {
      this.#settlement.reject(task, 'failed', crashOf(task, worker, end));
    }
    return movable;
  }

  #startFailed(worker: PoolWorker, end: WorkerEnd): void {
    const { crew, queue } = this.#owner;
    const lack = worker.fatal === undefined ? lackOf(end) : undefined;
    if (lack !== undefined) {
      // That passes, and tasks wait for it as they do for a worker that is busy.
      crew.shortage.begin(this.#options.name, lack);
      return;
    }
    crew.circuit.fail(startErrorOf(worker, end), realTime.now());
    if (!crew.circuit.isTripped) return;
    const error = crew.circuit.errorOf(this.#options.name);
    for (const task of drainQueue(queue)) this.#settlement.reject(task, 'failed', error);
  }
}
