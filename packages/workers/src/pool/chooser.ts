import type { WorkerStrategy } from '../contracts/worker-pool-options.js';
import { Places } from './places.js';
import type { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import type { Task } from './task.js';

/** Keys that are remembered. */
const MOST_KEYS = 10_000;

/** Chooses the worker of a task among those that have room. */
export class Chooser {
  readonly #strategy: WorkerStrategy;
  readonly #workers: ReadonlySet<PoolWorker>;
  readonly #places: Places;
  /** Which worker a key belongs to; the one used last is the last. */
  readonly #homes = new Map<string, PoolWorker>();
  #last = 0;

  constructor(options: ResolvedPoolOptions, workers: ReadonlySet<PoolWorker>) {
    this.#strategy = options.strategy;
    this.#workers = workers;
    this.#places = new Places(options, workers);
  }

  /** Whether a task can be sent to a worker now. What is meant for all of them does not wait for others' tasks. */
  hasRoom(worker: PoolWorker, task: Task): boolean {
    if (!worker.hasRoomFor(task)) return false;
    return task.target !== undefined || this.#places.areLeftFor(worker);
  }

  /** `undefined` when the task has to wait. */
  choose(task: Task): PoolWorker | undefined {
    const worker = this.#strategy === 'round-robin' ? this.#nextOf(task) : this.#leastBusy(task);
    if (worker !== undefined && task.options.key !== undefined) {
      this.#homes.set(task.options.key, worker);
      const [oldest] = this.#homes.keys();
      if (this.#homes.size > MOST_KEYS && oldest !== undefined) this.#homes.delete(oldest);
    }
    return worker;
  }

  /** The worker that a task has to wait for, because of its key. */
  homeOf({ options: { key } }: Task): PoolWorker | undefined {
    if (key === undefined) return undefined;
    const home = this.#homes.get(key);
    if (home === undefined) return undefined;
    this.#homes.delete(key);
    if (home.state !== 'ready' || home.isRetiring) return undefined;
    this.#homes.set(key, home);
    return home;
  }

  /** To be told of a worker that is gone. */
  forget(worker: PoolWorker): void {
    for (const [key, home] of this.#homes) if (home === worker) this.#homes.delete(key);
  }

  /** Of equals the one that has been there longest, so that those leave that were added. */
  #leastBusy(task: Task): PoolWorker | undefined {
    let best: PoolWorker | undefined;
    for (const worker of this.#workers) {
      if (!this.hasRoom(worker, task)) continue;
      if (best === undefined || worker.inFlight.size < best.inFlight.size) best = worker;
      if (best.inFlight.size === 0) break;
    }
    return best;
  }

  #nextOf(task: Task): PoolWorker | undefined {
    let first: PoolWorker | undefined;
    for (const worker of this.#workers) {
      if (!this.hasRoom(worker, task)) continue;
      first ??= worker;
      if (worker.id > this.#last) {
        this.#last = worker.id;
        return worker;
      }
    }
    if (first !== undefined) this.#last = first.id;
    return first;
  }
}
