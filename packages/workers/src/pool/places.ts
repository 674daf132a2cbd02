import type { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';

/** How many tasks may run at once: also while those that leave run their last, and others are there in their place. */
export class Places {
  readonly #workers: ReadonlySet<PoolWorker>;
  readonly #usual: number;
  readonly #concurrency: number;

  constructor(
    { max, concurrency }: Pick<ResolvedPoolOptions, 'max' | 'concurrency'>,
    workers: ReadonlySet<PoolWorker>,
  ) {
    this.#workers = workers;
    this.#usual = max;
    this.#concurrency = concurrency;
  }

  /** Whether one more task may be sent to a worker. */
  areLeftFor(worker: PoolWorker): boolean {
    // As many workers as there are usually can not run too many.
    if (this.#workers.size <= this.#usual) return true;
    // It would wait there for those before it.
    if (worker.inFlight.awaited >= this.#concurrency) return true;
    let running = 0;
    for (const { inFlight, state, isGoing } of this.#workers) {
      // What prepares a spare one is no work, and one that has begun to end runs nothing more.
      if (state !== 'spare' && !isGoing) running += Math.min(inFlight.awaited, this.#concurrency);
    }
    return running < this.#usual * this.#concurrency;
  }
}
