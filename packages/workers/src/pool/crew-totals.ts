import { realTime } from '@proc/core/internal';
import type { WorkerPoolStats } from '../contracts/worker-pool-stats.js';
import type { PoolWorker } from './pool-worker.js';

type Bytes = WorkerPoolStats['bytes'];

/** What the workers of a pool come to all together, also those that are gone. */
export class CrewTotals {
  /** How many were started. */
  started = 0;
  readonly #workers: ReadonlySet<PoolWorker>;
  #pastMs = 0;
  #pastBytes: Bytes;

  /** @param workers - those that are there */
  constructor(workers: ReadonlySet<PoolWorker>) {
    this.#workers = workers;
  }

  /** What crossed to and from all workers, where it crosses as bytes. */
  get bytes(): Bytes {
    return [...this.#workers].map(({ bytes }) => bytes).reduce(added, this.#pastBytes);
  }

  /** How long workers have been there. */
  get workedMs(): number {
    let sum = this.#pastMs;
    for (const { startedAt } of this.#workers) sum += realTime.now() - startedAt;
    return sum;
  }

  /** To be told of a worker that is gone, and no longer among those that are there. */
  keep({ startedAt, bytes }: PoolWorker): void {
    this.#pastMs += realTime.now() - startedAt;
    this.#pastBytes = added(this.#pastBytes, bytes);
  }
}

function added(one: Bytes, other: Bytes): Bytes {
  if (one === undefined || other === undefined) return one ?? other;
  return { sent: one.sent + other.sent, received: one.received + other.received };
}
