import type { ProcessManager } from '@proc/core';
import type { CompletionLog } from '../results/completion-log.js';
import type { PoolEntryInput } from '../contracts/scheduling.js';
import { END, type EntrySource } from '../entries/entry-source.js';
import type { PoolEntries } from '../entries/read-definition.js';
import { toEntry } from '../entries/to-entry.js';
import type { Job } from '../scheduler/job.js';
import type { JobSource } from '../scheduler/source-reader.js';
import type { EntryIntake } from './entry-intake.js';

/** What is needed to make jobs of an iterable. */
export interface LazyJobsParts {
  readonly manager: ProcessManager;
  readonly intake: EntryIntake;
  /** Says when to wait for its readers. */
  readonly log: CompletionLog;
}

/**
 * Makes jobs of what an iterable gives, and passes over those that are done already. Those that come after others reach
 * the scheduler when these have ended.
 */
export class LazyJobs implements JobSource {
  readonly #manager: ProcessManager;
  readonly #source: EntrySource;
  readonly #intake: EntryIntake;
  readonly #log: CompletionLog;

  constructor(source: EntrySource, { manager, intake, log }: LazyJobsParts) {
    this.#manager = manager;
    this.#source = source;
    this.#intake = intake;
    this.#log = log;
  }

  /** `null` where all entries are known. */
  static of({ source }: PoolEntries, parts: LazyJobsParts): LazyJobs | null {
    return source === null ? null : new LazyJobs(source, parts);
  }

  next(): Job | null | Promise<Job | null> {
    for (;;) {
      const room = this.#log.room();
      if (room !== undefined) return room.then(() => this.next());
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
