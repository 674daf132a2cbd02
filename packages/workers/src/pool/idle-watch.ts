import { realTime } from '@proc/core/internal';
import type { PoolWorker } from './pool-worker.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';

/** Looked at no more often, in milliseconds. */
const LEAST_MS = 10;

/** The workers that are watched, and what is done about them. */
export interface IdleWatchOwner {
  readonly workers: ReadonlySet<PoolWorker>;
  /** How many there are that count. */
  readonly strength: number;
  /** Whether tasks wait. */
  readonly hasDemand: boolean;
  release(worker: PoolWorker): void;
  /** Called when none is left whose place a spare one could take. */
  releaseSpares(): void;
}

/** Has those workers leave, one by one, that have had nothing to do for long. */
export class IdleWatch {
  readonly #min: number;
  readonly #timeoutMs: number;
  readonly #owner: IdleWatchOwner;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: Pick<ResolvedPoolOptions, 'min' | 'idleTimeoutMs'>, owner: IdleWatchOwner) {
    this.#min = options.min;
    this.#timeoutMs = options.idleTimeoutMs;
    this.#owner = owner;
  }

  /** Goes on as long as there are more workers than there have to be. */
  watch(): void {
    if (this.#timer !== undefined || this.#closed || this.#owner.strength <= this.#min) return;
    this.#timer = realTime.setTimeout(
      () => {
        this.#timer = undefined;
        this.#shrink();
        this.watch();
      },
      Math.max(LEAST_MS, this.#timeoutMs),
    );
    this.#timer.unref();
  }

  close(): void {
    this.#closed = true;
    realTime.clearTimeout(this.#timer);
  }

  #shrink(): void {
    const owner = this.#owner;
    // With tasks that wait none is there in vain: another one may still run its last.
    if (owner.strength <= this.#min || owner.hasDemand) return;
    const longest = this.#longestIdle();
    if (longest !== undefined) owner.release(longest);
    if (owner.strength === 0) owner.releaseSpares();
  }

  #longestIdle(): PoolWorker | undefined {
    const since = realTime.now() - this.#timeoutMs;
    let longest: PoolWorker | undefined;
    for (const worker of this.#owner.workers) {
      if (worker.state !== 'ready' || !worker.isIdle || worker.idleSince > since) continue;
      if (longest === undefined || worker.idleSince < longest.idleSince) longest = worker;
    }
    return longest;
  }
}
