import type { Clock, PoolProgressSnapshot } from '@proc/core';
import { systemClock } from '@proc/core/internal';

/** What a scheduler knows besides. */
export interface TallyContext {
  readonly queued: number;
  readonly running: number;
  /** Whether there may be entries that have not been seen. */
  readonly reading: boolean;
  /** What keeps more from being started. */
  readonly waiting: Pick<PoolProgressSnapshot, 'throttled' | 'gate'>;
}

/** The numbers before a run. */
export const NO_PROGRESS: PoolProgressSnapshot = {
  total: null,
  queued: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  skipped: 0,
  throttled: false,
  gate: null,
  etaMs: null,
};

/** Counts the entries of a run. */
export class Tally {
  #clock: Clock = systemClock;
  #startedAt = 0;
  #known = 0;
  #succeeded = 0;
  #failed = 0;
  #resumed = 0;
  #skipped = 0;

  /** @param clock - what the duration of the run goes by, from now on */
  begin(clock: Clock): void {
    this.#clock = clock;
    this.#startedAt = clock.now();
  }

  /** Entries that have been seen, in whatever state they are. */
  get known(): number {
    return this.#known;
  }

  get failed(): number {
    return this.#failed;
  }

  get ended(): number {
    return this.#succeeded + this.#failed;
  }

  get durationMs(): number {
    return this.#clock.now() - this.#startedAt;
  }

  /** @returns the position of the new entry */
  add(): number {
    return this.#known++;
  }

  skipped(): void {
    this.#skipped += 1;
  }

  /** It was done by an earlier run, and says nothing of how fast this one is. */
  resumedWith(successful: boolean): void {
    this.#resumed += 1;
    this.endedWith(successful);
  }

  endedWith(successful: boolean): void {
    if (successful) this.#succeeded += 1;
    else this.#failed += 1;
  }

  snapshot({ queued, running, reading, waiting }: TallyContext): PoolProgressSnapshot {
    return {
      total: reading ? null : this.#known,
      queued,
      running,
      succeeded: this.#succeeded,
      failed: this.#failed,
      skipped: this.#skipped,
      ...waiting,
      etaMs: reading ? null : this.#estimate(queued + running),
    };
  }

  /** As if what remains took as long as what was done, at the same rate. */
  #estimate(remaining: number): number | null {
    if (remaining === 0) return 0;
    const ran = this.ended - this.#resumed;
    return ran === 0 ? null : Math.round((this.durationMs / ran) * remaining);
  }
}
