import { realTime } from '@proc/core/internal';
import { WorkerStartError } from '../errors/worker-start-error.js';
import type { PoolWorker } from './pool-worker.js';

/** Ends workers that are not ready in time. */
export class StartLimits {
  readonly #ms: number;
  readonly #timers = new Map<PoolWorker, NodeJS.Timeout>();

  constructor(ms: number) {
    this.#ms = ms;
  }

  begin(worker: PoolWorker): void {
    const timer = realTime.setTimeout(() => {
      worker.failStart(new WorkerStartError(worker.id, `was not ready within ${this.#ms} ms`));
    }, this.#ms);
    this.#timers.set(worker, timer);
  }

  /** It is ready, or gone. @returns whether it was neither before */
  end(worker: PoolWorker): boolean {
    realTime.clearTimeout(this.#timers.get(worker));
    return this.#timers.delete(worker);
  }
}
