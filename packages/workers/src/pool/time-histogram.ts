import type { TimeSummary } from '../contracts/worker-pool-stats.js';

/** Steps for each doubling: what is told is off by some 9 per cent at most. */
const STEPS = 8;
/** From a microsecond to a month. */
const BUCKETS = 42 * STEPS;

/** Counts times in buckets that get wider as they get longer: cheap, and of constant size. */
export class TimeHistogram {
  readonly #counts = new Uint32Array(BUCKETS);
  #count = 0;
  #sum = 0;
  #max = 0;

  add(ms: number): void {
    const at = Math.floor(Math.log2(Math.max(1, ms * 1000)) * STEPS);
    const bucket = Math.min(BUCKETS - 1, at);
    this.#counts[bucket] = (this.#counts[bucket] ?? 0) + 1;
    this.#count += 1;
    this.#sum += ms;
    if (ms > this.#max) this.#max = ms;
  }

  get sum(): number {
    return this.#sum;
  }

  summary(): TimeSummary {
    return {
      count: this.#count,
      mean: this.#count === 0 ? 0 : this.#sum / this.#count,
      p50: this.#percentile(0.5),
      p95: this.#percentile(0.95),
      p99: this.#percentile(0.99),
      max: this.#max,
    };
  }

  #percentile(share: number): number {
    const rank = Math.ceil(share * this.#count);
    let seen = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= rank && count > 0) return Math.min(this.#max, 2 ** ((bucket + 1) / STEPS) / 1000);
    }
    return 0;
  }
}
