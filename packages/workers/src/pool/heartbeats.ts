import type { PoolReporter } from './pool-reporter.js';
import type { PoolWorker } from './pool-worker.js';

/** Asks busy workers whether they respond, and reports those that do not. Ends nobody: a worker may well compute. */
export class Heartbeats {
  readonly #everyMs: number;
  readonly #workers: ReadonlySet<PoolWorker>;
  readonly #reporter: PoolReporter;
  /** Since when an answer is due. */
  readonly #asked = new Map<PoolWorker, number>();
  readonly #silent = new Set<PoolWorker>();
  #timer: NodeJS.Timeout | undefined;

  constructor(everyMs: number, workers: ReadonlySet<PoolWorker>, reporter: PoolReporter) {
    this.#everyMs = everyMs;
    this.#workers = workers;
    this.#reporter = reporter;
  }

  /** Goes on as long as any worker is busy. */
  watch(): void {
    if (this.#timer !== undefined || this.#everyMs === 0) return;
    this.#timer = setTimeout(this.#beat, this.#everyMs);
    this.#timer.unref();
  }

  heard(worker: PoolWorker): void {
    this.#asked.delete(worker);
    if (this.#silent.delete(worker)) this.#reporter.responsive(worker);
  }

  readonly #beat = (): void => {
    this.#timer = undefined;
    let anyBusy = false;
    const now = performance.now();
    for (const [worker, since] of this.#asked) {
      if (!this.#workers.has(worker)) {
        this.#asked.delete(worker);
        this.#silent.delete(worker);
      } else if (!this.#silent.has(worker)) {
        this.#silent.add(worker);
        this.#reporter.unresponsive(worker, now - since);
      }
    }
    for (const worker of this.#workers) {
      if (worker.state !== 'ready' || worker.inFlight.size === 0) continue;
      anyBusy = true;
      if (this.#asked.has(worker)) continue;
      this.#asked.set(worker, now);
      worker.ping(1);
    }
    if (anyBusy || this.#silent.size > 0) this.watch();
  };
}
