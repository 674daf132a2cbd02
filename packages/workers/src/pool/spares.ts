import { realTime } from '@proc/core/internal';
import type { PoolWorker } from './pool-worker.js';

/**
 * How long after a loss there is one, in milliseconds, where no number was given. Who loses one worker may well lose
 * the next; to those who never do, a spare one would only be some 10 MB of memory.
 */
const AFTER_LOSS_MS = 60_000;

/** Workers of a pool that are ready, and get no task before they take another one's place. */
export class Spares {
  readonly #workers: ReadonlySet<PoolWorker>;
  readonly #wanted: number | 'auto';
  readonly #onPromoted: (worker: PoolWorker) => void;
  #hasFailed = false;
  /** There was a loss not long ago. */
  #lossTimer: NodeJS.Timeout | undefined;

  /**
   * @param wanted - how many there are, or `auto`: one, for as long as a loss is not long ago
   * @param onPromoted - hears of one that is no longer spare
   */
  constructor(
    workers: ReadonlySet<PoolWorker>,
    wanted: number | 'auto',
    onPromoted: (worker: PoolWorker) => void,
  ) {
    this.#workers = workers;
    this.#wanted = wanted;
    this.#onPromoted = onPromoted;
  }

  /** Those that are there, or on their way. */
  get all(): readonly PoolWorker[] {
    if (this.#wanted === 0) return [];
    return [...this.#workers].filter(
      ({ isSpare, isRetiring, isGoing, state }) =>
        isSpare && !isRetiring && !isGoing && (state === 'spare' || state === 'starting'),
    );
  }

  /** How many more there should be; fewer than none, when there are too many. */
  get missing(): number {
    if (this.#wanted === 0) return 0;
    const wanted = this.#wanted === 'auto' ? Number(this.#lossTimer !== undefined) : this.#wanted;
    const missing = wanted - this.all.length;
    // After one that could not be started none is tried, until another worker could be.
    return this.#hasFailed ? Math.min(0, missing) : missing;
  }

  /** A worker was lost in the middle of its tasks. @param onLongAgo - called when there may be too many */
  lose(onLongAgo: () => void): void {
    if (this.#wanted !== 'auto') return;
    realTime.clearTimeout(this.#lossTimer);
    this.#lossTimer = realTime.setTimeout(() => {
      this.#lossTimer = undefined;
      onLongAgo();
    }, AFTER_LOSS_MS);
    this.#lossTimer.unref();
  }

  close(): void {
    realTime.clearTimeout(this.#lossTimer);
  }

  succeed(): void {
    this.#hasFailed = false;
  }

  fail(): void {
    this.#hasFailed = true;
  }

  /** Has one take part, best one that is ready. @returns whether there was any */
  promote(): boolean {
    const { all } = this;
    const worker = all.find(({ state }) => state === 'spare') ?? all[0];
    if (worker === undefined) return false;
    worker.isSpare = false;
    if (worker.state === 'spare') worker.state = 'ready';
    this.#onPromoted(worker);
    return true;
  }
}
