import type { PoolWorker } from './pool-worker.js';

/** Workers of a pool that are ready, and get no task before they take another one's place. */
export class Spares {
  readonly #workers: ReadonlySet<PoolWorker>;
  readonly #wanted: number;
  readonly #onPromoted: (worker: PoolWorker) => void;
  #hasFailed = false;

  /** @param onPromoted - hears of one that is no longer spare */
  constructor(
    workers: ReadonlySet<PoolWorker>,
    wanted: number,
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
      ({ isSpare, isRetiring, state }) =>
        isSpare && !isRetiring && (state === 'spare' || state === 'starting'),
    );
  }

  /** How many more there should be. After one that could not be started none, until another worker could. */
  get missing(): number {
    return this.#hasFailed ? 0 : this.#wanted - this.all.length;
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
