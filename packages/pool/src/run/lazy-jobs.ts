import type { ProcessManager } from '@proc/core';
import type { PoolEntryInput } from '../contracts/scheduling.js';
import { END, type EntrySource } from '../entries/entry-source.js';
import { toEntry } from '../entries/to-entry.js';
import type { Job } from '../scheduler/job.js';
import type { JobSource } from '../scheduler/source-reader.js';
import type { EntryIntake } from './entry-intake.js';

/**
 * Makes jobs of what an iterable gives, and passes over those that are done already. Those that come after others reach
 * the scheduler when these have ended.
 */
export class LazyJobs implements JobSource {
  readonly #manager: ProcessManager;
  readonly #source: EntrySource;
  readonly #intake: EntryIntake;

  constructor(manager: ProcessManager, source: EntrySource, intake: EntryIntake) {
    this.#manager = manager;
    this.#source = source;
    this.#intake = intake;
  }

  next(): Job | null | Promise<Job | null> {
    for (;;) {
      const given = this.#source.next();
      if (given instanceof Promise) return this.#later(given);
      const job = this.#toJob(given);
      if (job !== undefined) return job;
    }
  }

  async #later(given: Promise<PoolEntryInput | typeof END>): Promise<Job | null> {
    const job = this.#toJob(await given);
    return job === undefined ? this.next() : job;
  }

  /** `null` at the end; `undefined` for one that is done, or waits for others. */
  #toJob(input: PoolEntryInput | typeof END): Job | null | undefined {
    if (input !== END)
      return this.#intake.admitNow(this.#intake.make(toEntry(this.#manager, input)));
    this.#intake.check();
    return null;
  }
}
