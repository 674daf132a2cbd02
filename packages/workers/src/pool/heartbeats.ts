import { realTime } from '@proc/core/internal';
import { isStuck } from './is-stuck.js';
import type { PoolReporter } from './pool-reporter.js';
import type { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';

type Limits = Pick<ResolvedPoolOptions, 'heartbeatMs' | 'startTimeoutMs'>;

/**
 * Asks workers that have tasks whether they respond, and reports those that do not. One that runs a task is left alone:
 * it may well compute. One that has begun none of those it has, and says nothing for as long as it may take to start,
 * was stopped or is held up by what a task has left behind; it is ended, and others get its tasks.
 */
export class Heartbeats {
  readonly #everyMs: number;
  /** Beats without an answer. Not a time: none passes for workers while all of the machine sleeps. */
  readonly #patience: number;
  readonly #reports: boolean;
  readonly #workers: ReadonlySet<PoolWorker>;
  readonly #reporter: PoolReporter;
  /** Since when an answer is due, and how many beats have gone by. */
  readonly #asked = new Map<PoolWorker, { readonly since: number; beats: number }>();
  readonly #silent = new Set<PoolWorker>();
  #timer: NodeJS.Timeout | undefined;

  constructor(limits: Limits, workers: ReadonlySet<PoolWorker>, reporter: PoolReporter) {
    const { heartbeatMs, startTimeoutMs } = limits;
    this.#reports = heartbeatMs > 0;
    this.#everyMs = heartbeatMs > 0 ? heartbeatMs : Math.max(1, startTimeoutMs);
    // The first beat without an answer is the one that is reported.
    this.#patience = Math.max(2, Math.ceil(startTimeoutMs / this.#everyMs));
    this.#workers = workers;
    this.#reporter = reporter;
  }

  /** Goes on as long as any worker is busy. */
  watch(): void {
    if (this.#timer !== undefined) return;
    this.#timer = realTime.setTimeout(this.#beat, this.#everyMs);
    this.#timer.unref();
  }

  heard(worker: PoolWorker): void {
    this.#asked.delete(worker);
    if (this.#silent.delete(worker) && this.#reports) this.#reporter.responsive(worker);
  }

  readonly #beat = (): void => {
    this.#timer = undefined;
    const now = realTime.now();
    for (const [worker, asked] of this.#asked) {
      if (this.#workers.has(worker)) this.#miss(worker, asked, now);
      else {
        this.#asked.delete(worker);
        this.#silent.delete(worker);
      }
    }
    let anyBusy = false;
    for (const worker of this.#workers) {
      if (!isAskable(worker)) continue;
      anyBusy = true;
      if (this.#asked.has(worker)) continue;
      this.#asked.set(worker, { since: now, beats: 0 });
      worker.ping(1);
    }
    if (anyBusy || this.#silent.size > 0) this.watch();
  };

  #miss(worker: PoolWorker, asked: { readonly since: number; beats: number }, now: number): void {
    asked.beats += 1;
    if (!this.#silent.has(worker)) {
      this.#silent.add(worker);
      if (this.#reports) this.#reporter.unresponsive(worker, now - asked.since);
    }
    if (asked.beats >= this.#patience && isStuck(worker)) worker.kill();
  }
}

/** Whether it is to answer: who starts or is told to go has limits of its own. */
function isAskable({ state, inFlight }: PoolWorker): boolean {
  return inFlight.size > 0 && (state === 'ready' || state === 'spare' || state === 'leaving');
}
