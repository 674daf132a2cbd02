import { InvalidArgumentError } from '@proc/core';
import { didYouMean } from '@proc/core/internal';
import type { PoolKey } from '../contracts/pool-key.js';
import { describeKey } from '../errors/wording.js';
import type { Job } from '../scheduler/job.js';
import type { EntryState, EntryStates } from './entry-states.js';
import { findCycle } from './find-cycle.js';

/** Why an entry will never start: one that comes before it has not succeeded. */
export interface Hindrance {
  readonly key: PoolKey;
  readonly state: 'failed' | 'skipped';
}

interface Waiting {
  readonly job: Job;
  missing: number;
}

/** Holds back the jobs that come after others. */
export class Dependencies {
  readonly #states: EntryStates;
  readonly #release: (job: Job) => void;
  readonly #skip: (job: Job, why: Hindrance) => void;
  readonly #waiting = new Map<Job, Waiting>();
  /** Entries whose end is being dealt with. */
  readonly #over: PoolKey[] = [];
  /** Who waits for an entry, also for one that has not been seen yet. */
  readonly #followers = new Map<PoolKey, Waiting[]>();

  constructor(
    states: EntryStates,
    hooks: { release(job: Job): void; skip(job: Job, why: Hindrance): void },
  ) {
    this.#states = states;
    this.#release = (job) => hooks.release(job);
    this.#skip = (job, why) => hooks.skip(job, why);
  }

  /** How many are held back. */
  get size(): number {
    return this.#waiting.size;
  }

  /** Takes a job in. What need not wait is released, or skipped, at once. */
  admit(job: Job): void {
    if (job.after.length === 0) {
      this.#release(job);
      return;
    }
    const waiting: Waiting = { job, missing: 0 };
    this.#waiting.set(job, waiting);
    for (const { key } of job.after) {
      if (this.#stateOf(key) !== 'open') continue;
      waiting.missing += 1;
      const followers = this.#followers.get(key);
      if (followers === undefined) this.#followers.set(key, [waiting]);
      else followers.push(waiting);
    }
    this.#judge(waiting);
  }

  /** An entry is over; its state says how. */
  settled(over: PoolKey): void {
    this.#over.push(over);
    // One may follow from the other, in chains too long for recursion.
    if (this.#over.length > 1) return;
    for (let key = this.#over[0]; key !== undefined; key = this.#over[0]) {
      const followers = this.#followers.get(key) ?? [];
      this.#followers.delete(key);
      for (const waiting of followers) {
        waiting.missing -= 1;
        this.#judge(waiting);
      }
      this.#over.shift();
    }
  }

  /**
   * To be called when all entries are known.
   *
   * @throws {@link InvalidArgumentError} when one waits for an entry that does not exist, or for itself
   */
  check(): void {
    for (const { job } of this.#waiting.values()) {
      const unknown = job.after.find(({ key }) => this.#states.find(key) === undefined);
      if (unknown !== undefined) throw this.#unknown(job.key, unknown.key);
    }
    const cycle = findCycle([...this.#waiting.keys()]);
    if (cycle === undefined) return;
    throw new InvalidArgumentError(
      `Entries of the pool come after each other in a circle: ${cycle.join(' → ')}.`,
    );
  }

  /** @throws {@link InvalidArgumentError} when the entry comes after one that is not known */
  requireKnown(key: PoolKey, after: Job['after']): void {
    const unknown = after.find(
      (one) => one.key === key || this.#states.find(one.key) === undefined,
    );
    if (unknown !== undefined) throw this.#unknown(key, unknown.key);
  }

  /** Takes out all that wait. */
  clear(): Job[] {
    const jobs = [...this.#waiting.keys()];
    this.#waiting.clear();
    this.#followers.clear();
    return jobs;
  }

  #unknown(key: PoolKey, missing: PoolKey): InvalidArgumentError {
    const hint = typeof missing === 'string' ? didYouMean(missing, this.#states.names()) : '';
    const what =
      typeof missing === 'string'
        ? `named ${describeKey(missing)}`
        : `without a name at position ${missing}`;
    return new InvalidArgumentError(
      `Entry ${describeKey(key)} comes after an entry ${what}, and the pool has none.${hint}`,
    );
  }

  #judge(waiting: Waiting): void {
    const { job, missing } = waiting;
    if (!this.#waiting.has(job)) return;
    const hindrance = this.#hindrance(job);
    if (hindrance === undefined && missing > 0) return;
    this.#waiting.delete(job);
    if (hindrance === undefined) this.#release(job);
    else {
      this.#skip(job, hindrance);
      this.settled(job.key);
    }
  }

  #hindrance({ after }: Job): Hindrance | undefined {
    for (const { key, on } of after) {
      const state = on === 'success' ? this.#stateOf(key) : 'open';
      if (state === 'failed' || state === 'skipped') return { key, state };
    }
    return undefined;
  }

  #stateOf(key: PoolKey): EntryState {
    const index = this.#states.find(key);
    return index === undefined ? 'open' : this.#states.get(index);
  }
}
