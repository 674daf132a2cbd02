import { realTime } from '@proc/core/internal';
import type { Crew } from './crew.js';
import type { PoolReporter } from './pool-reporter.js';
import type { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';

/** How often a worker is asked for its memory at most. */
const MEMORY_MS = 100;

/** Replaces workers that have done enough, are old, or have grown. */
export class Recycler {
  readonly #options: ResolvedPoolOptions;
  readonly #crew: Crew;
  readonly #reporter: PoolReporter;
  readonly #asked = new WeakMap<PoolWorker, number>();

  constructor(options: ResolvedPoolOptions, crew: Crew, reporter: PoolReporter) {
    this.#options = options;
    this.#crew = crew;
    this.#reporter = reporter;
  }

  /** A worker was given a task: after its last one it takes no more. */
  assigned(worker: PoolWorker): void {
    if (worker.assigned < this.#options.maxTasksPerWorker) return;
    worker.isFull = true;
    this.#retire(worker, 'tasks');
  }

  /** A worker was heard of. */
  check(worker: PoolWorker): void {
    const { maxMemory, maxAgeMs, overMemory } = this.#options;
    if (worker.isRetiring || worker.state !== 'ready') return;
    const now = realTime.now();
    if (maxAgeMs !== Infinity && now - worker.startedAt > maxAgeMs * jitter(worker.id)) {
      this.#retire(worker, 'age');
    } else if (maxMemory !== Infinity && overMemory !== 'report') {
      if ((worker.memory ?? 0) > maxMemory) this.#retire(worker, 'memory');
      else if (now - (this.#asked.get(worker) ?? 0) > MEMORY_MS) {
        this.#asked.set(worker, now);
        worker.ping(0);
      }
    }
  }

  /** A worker has grown while a task runs. */
  outgrown(worker: PoolWorker): void {
    this.#retire(worker, 'memory');
  }

  #retire(worker: PoolWorker, reason: 'tasks' | 'age' | 'memory'): void {
    if (worker.isRetiring) return;
    this.#reporter.recycled(worker, reason);
    this.#crew.retire(worker);
  }
}

/** Workers that were started together must not all go together. */
function jitter(id: number): number {
  return 0.9 + ((id * 7) % 11) / 50;
}
