import type { CloseReport } from '../contracts/close-options.js';
import { PoolClosedError } from '../errors/pool-closed-error.js';
import type { Admission } from './admission.js';
import { drainQueue } from './drain-queue.js';
import type { PoolEngine } from './pool-engine.js';
import type { PoolWorker } from './pool-worker.js';
import type { ResolvedCloseOptions } from './resolve-close-options.js';

const DEFAULT_TIMEOUT_MS = 30_000;

/** Brings a pool to its end: what was begun ends, workers leave, and whoever does not in time is ended. */
export class Closing {
  readonly report: Promise<CloseReport>;
  readonly #engine: PoolEngine;
  readonly #admission: Admission;
  readonly #poolName: string;
  /** Those that were to leave by themselves. */
  readonly #leaving = new Set<PoolWorker>();
  #rejected = 0;
  #timer: NodeJS.Timeout | undefined;
  #resolve!: (report: CloseReport) => void;
  #isLeaving = false;

  constructor(engine: PoolEngine, admission: Admission, poolName: string) {
    this.#engine = engine;
    this.#admission = admission;
    this.#poolName = poolName;
    this.report = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    admission.close();
  }

  /** Also while it goes on: a shorter timeout counts, and `force` ends it at once. */
  apply({ queued, timeoutMs, force }: ResolvedCloseOptions): void {
    if (queued === 'reject' || force) this.#rejectWaiting();
    if (force) this.#force();
    else if (this.#timer === undefined || timeoutMs !== undefined) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => {
        this.#force();
      }, timeoutMs ?? DEFAULT_TIMEOUT_MS);
    }
    this.progress();
  }

  /** To be told whenever a task or a worker has ended. */
  progress(): void {
    const { crew, isIdle } = this.#engine;
    if (isIdle && this.#admission.waiting === 0 && !this.#isLeaving) {
      this.#isLeaving = true;
      crew.close();
      for (const worker of crew.workers) {
        if (worker.state === 'starting') worker.kill();
        else {
          this.#leaving.add(worker);
          crew.release(worker);
        }
        worker.hold('busy');
      }
    }
    if (!this.#isLeaving || crew.workers.size > 0) return;
    clearTimeout(this.#timer);
    const forced = [...this.#leaving].filter(({ isKilled }) => isKilled).map(({ id }) => id);
    this.#resolve({ rejected: this.#rejected, forced });
  }

  #rejectWaiting(): void {
    for (const task of drainQueue(this.#engine.queue)) this.#reject(task);
    for (const task of this.#admission.drain()) this.#reject(task);
    for (const { parked } of this.#engine.crew.workers) {
      for (const task of parked.drain()) this.#reject(task);
    }
    this.#engine.rejectDelayed((task) => this.#reject(task));
  }

  #force(): void {
    this.#engine.refusals.refuseAll((task) => {
      this.#reject(task);
    });
    this.#rejectWaiting();
    this.#engine.crew.close();
    this.#isLeaving = true;
    for (const worker of this.#engine.crew.workers) {
      for (const task of worker.inFlight.values()) if (task !== undefined) this.#reject(task);
      this.#leaving.add(worker);
      worker.kill();
    }
    this.progress();
  }

  #reject(task: Parameters<PoolEngine['end']>[0]): void {
    if (task.isSettled) return;
    this.#rejected += 1;
    this.#engine.end(task, 'failed', new PoolClosedError(this.#poolName));
  }
}
