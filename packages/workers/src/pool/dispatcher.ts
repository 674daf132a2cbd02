import { realTime } from '@proc/core/internal';
import type { Chooser } from './chooser.js';
import type { PoolWorker } from './pool-worker.js';
import type { Task } from './task.js';
import type { TaskQueue } from './task-queue.js';

/** What a dispatcher brings together. */
export interface DispatcherParts {
  readonly queue: TaskQueue<Task>;
  readonly workers: ReadonlySet<PoolWorker>;
  readonly chooser: Chooser;
  /** Hears of each task that is sent. */
  readonly onSend: (task: Task, worker: PoolWorker, now: number) => void;
  /** Called when all is sent that can be. */
  readonly onSent: () => void;
}

/** Hands tasks out to workers, all that there is room for at once. */
export class Dispatcher {
  readonly #parts: DispatcherParts;
  #scheduled = false;
  /** When the present turn began. */
  #now = 0;

  constructor(parts: DispatcherParts) {
    this.#parts = parts;
  }

  /** Does it at the end of this turn, so that all that is submitted in it goes along. */
  schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    realTime.queueMicrotask(() => realTime.nextTick(this.#dispatch));
  }

  /** To be told of a worker that is gone. */
  forget(worker: PoolWorker): void {
    this.#parts.chooser.forget(worker);
  }

  readonly #dispatch = (): void => {
    this.#scheduled = false;
    this.#now = realTime.now();
    const { queue, workers, chooser, onSent } = this.#parts;
    for (const worker of workers) this.#sendParked(worker);
    for (let task = queue.peek(); task !== undefined; task = queue.peek()) {
      const home = chooser.homeOf(task);
      const worker = home ?? chooser.choose(task);
      if (worker === undefined) break;
      queue.take();
      if (home === undefined || (home.parked.length === 0 && chooser.hasRoom(home, task))) {
        this.#send(task, worker);
      } else {
        // It waits for its worker, and nobody behind it for both.
        task.place = 'worker';
        home.parked.push(task);
      }
    }
    for (const worker of workers) worker.flush();
    onSent();
  };

  /** Sends what only this worker may run. */
  #sendParked(worker: PoolWorker): void {
    for (let task = worker.parked.peek(); task !== undefined; task = worker.parked.peek()) {
      if (task.place === 'worker' && !this.#parts.chooser.hasRoom(worker, task)) break;
      worker.parked.shift();
      if (task.place === 'worker') this.#send(task, worker);
    }
  }

  #send(task: Task, worker: PoolWorker): void {
    task.place = 'none';
    worker.assign(task);
    this.#parts.onSend(task, worker, this.#now);
  }
}
