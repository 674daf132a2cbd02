import type { ProcessResult } from '@proc/core';
import type { PoolEntry } from '../entries/pool-entry-list.js';
import type { PoolEntries } from '../entries/read-definition.js';
import type { Job } from '../scheduler/job.js';
import { Dependencies, type Hindrance } from './dependencies.js';
import { EntryStates } from './entry-states.js';
import { JobMaker } from './job-maker.js';
import type { Tally } from './tally.js';

/** Where entries go from here. */
export interface IntakeHooks {
  /** Whether an earlier run has done it: its result is taken over then. */
  resume(job: Job): ProcessResult | undefined;
  /** It may be started. */
  release(job: Job): void;
  /** It never will: one that it comes after has not succeeded. */
  skip(job: Job, why: Hindrance): void;
}

/** Takes entries in: numbers them, passes over what is done already, and holds back what comes after others. */
export class EntryIntake {
  readonly #states = new EntryStates();
  readonly #jobs: JobMaker;
  readonly #dependencies: Dependencies;
  readonly #resume: (job: Job) => ProcessResult | undefined;

  constructor(tally: Tally, hooks: IntakeHooks) {
    this.#jobs = new JobMaker(tally, this.#states);
    this.#resume = (job) => hooks.resume(job);
    this.#dependencies = new Dependencies(this.#states, {
      release: (job) => hooks.release(job),
      skip: (job, why) => {
        this.#states.set(job.index, 'skipped');
        hooks.skip(job, why);
      },
    });
  }

  /** How many are held back. */
  get heldBack(): number {
    return this.#dependencies.size;
  }

  /**
   * Takes in what there is before the start.
   *
   * @throws {@link InvalidArgumentError} as {@link check} does
   */
  takeIn({ known, source }: PoolEntries): void {
    for (const entry of known) this.admit(this.make(entry));
    if (source === null) this.check();
  }

  /** @throws {@link InvalidArgumentError} when the name is taken */
  make(entry: PoolEntry): Job {
    return this.#jobs.make(entry);
  }

  /** Takes in a job that was made here. What is done, or need not wait, is dealt with at once. */
  admit(job: Job): void {
    if (!this.#isDone(job)) this.#dependencies.admit(job);
  }

  /** As {@link admit}, for one that is wanted now: gives it back when it need not wait. */
  admitNow(job: Job): Job | undefined {
    if (this.#isDone(job)) return undefined;
    if (job.after.length === 0) return job;
    this.#dependencies.admit(job);
    return undefined;
  }

  /** An entry has ended. Those that come after it are released or skipped. */
  ended({ key, index }: Job, result: ProcessResult): void {
    this.#states.set(index, result.successful() ? 'succeeded' : 'failed');
    this.#dependencies.settled(key);
  }

  /**
   * To be called when all entries are known.
   *
   * @throws {@link InvalidArgumentError} when one waits for an entry that does not exist, or for itself
   */
  check(): void {
    this.#dependencies.check();
  }

  /** @throws {@link InvalidArgumentError} when the entry comes after one that is not known */
  requireKnown({ key, attributes }: PoolEntry): void {
    this.#dependencies.requireKnown(key, attributes.after);
  }

  /** Takes out all that are held back. */
  clear(): Job[] {
    return this.#dependencies.clear();
  }

  #isDone(job: Job): boolean {
    const result = this.#resume(job);
    if (result === undefined) return false;
    this.ended(job, result);
    return true;
  }
}
