import { realTime } from '@proc/core/internal';
import type { PoolReporter } from './pool-reporter.js';
import type { PoolWorker } from './pool-worker.js';
import { processMemory } from './process-memory.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';

/** Collections of garbage make memory swing: below this share of the limit it is news again that there is too much. */
const AGAIN = 0.8;

/** What is done about a worker that has too much memory. */
export interface MemoryMeasures {
  replace(worker: PoolWorker): void;
  kill(worker: PoolWorker): void;
}

/** Looks at the memory of busy workers, and sees to those that have more than they may. */
export class MemoryWatch {
  readonly #options: ResolvedPoolOptions;
  readonly #workers: ReadonlySet<PoolWorker>;
  readonly #reporter: PoolReporter;
  readonly #measures: MemoryMeasures;
  /** Those that are known to have too much. */
  readonly #told = new WeakSet<PoolWorker>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    options: ResolvedPoolOptions,
    workers: ReadonlySet<PoolWorker>,
    reporter: PoolReporter,
    measures: MemoryMeasures,
  ) {
    this.#options = options;
    this.#workers = workers;
    this.#reporter = reporter;
    this.#measures = measures;
  }

  /** Goes on as long as any worker is busy. */
  watch(): void {
    const { maxMemory, memoryCheckMs } = this.#options;
    if (this.#timer !== undefined || maxMemory === Infinity || memoryCheckMs === 0) return;
    this.#timer = realTime.setTimeout(() => void this.#look(), memoryCheckMs);
    this.#timer.unref();
  }

  /** A worker has told how much it has. */
  heard(worker: PoolWorker): void {
    const { memory = 0, state } = worker;
    const { maxMemory, overMemory } = this.#options;
    // What is done about those that have nothing to do is another's affair.
    if (worker.inFlight.size === 0 || (state !== 'ready' && state !== 'leaving')) return;
    if (memory <= maxMemory * AGAIN) this.#told.delete(worker);
    if (memory <= maxMemory || this.#told.has(worker)) return;
    this.#told.add(worker);
    this.#reporter.overMemory(worker, memory, maxMemory);
    if (overMemory === 'kill') this.#measures.kill(worker);
    else if (overMemory === 'replace') this.#measures.replace(worker);
  }

  async #look(): Promise<void> {
    const busy = [...this.#workers].filter(({ inFlight }) => inFlight.size > 0);
    // Of an inline worker, or a thread, the whole process is not the memory.
    const pids = busy.flatMap(({ pid }) => (pid === process.pid ? [] : (pid ?? [])));
    const known = await processMemory(pids);
    this.#timer = undefined;
    for (const worker of busy) {
      const memory = known.get(worker.pid ?? 0);
      if (memory !== undefined) {
        worker.memory = memory;
        this.heard(worker);
      } else if (worker.state === 'ready') worker.ping(0);
    }
    if (busy.length > 0) this.watch();
  }
}
