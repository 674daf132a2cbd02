import type { Clock, PoolProgressSnapshot } from '@proc/core';
import { systemClock } from '@proc/core/internal';
import { Load } from './load.js';

/** What a scheduler knows besides. */
export interface TallyContext {
  readonly queued: number;
  readonly running: number;
  /** How many places there are. */
  readonly places: number;
  /** For how long places were taken, in milliseconds. */
  readonly busyMs: number;
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
  #skipped = 0;
  readonly #left = new Load();
  readonly #done = new Load();

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
  add(weight: number): number {
    this.#left.add(weight);
    return this.#known++;
  }

  skipped(weight: number): void {
    this.#left.remove(weight);
    this.#skipped += 1;
  }

  /** It was done by an earlier run, and says nothing of how fast this one is. */
  resumedWith(successful: boolean, weight: number): void {
    this.#left.remove(weight);
    this.#count(successful);
  }

  endedWith(successful: boolean, weight: number): void {
    this.#left.remove(weight);
    this.#done.add(weight);
    this.#count(successful);
  }

  snapshot(context: TallyContext): PoolProgressSnapshot {
    const { queued, running, reading, waiting } = context;
    return {
      total: reading ? null : this.#known,
      queued,
      running,
      succeeded: this.#succeeded,
      failed: this.#failed,
      skipped: this.#skipped,
      ...waiting,
      etaMs: reading ? null : this.#estimate(context),
    };
  }

  /**
   * As if what remains went on at the same rate. An entry is as much work as it takes places, and the time in which
   * nothing ran, as in a pause, does not count.
   */
  #estimate({ places, busyMs }: TallyContext): number | null {
    const left = this.#left.in(places);
    if (left === 0) return 0;
    const done = this.#done.in(places);
    return done === 0 ? null : Math.round((busyMs / done) * left);
  }

  #count(successful: boolean): void {
    if (successful) this.#succeeded += 1;
    else this.#failed += 1;
  }
}
