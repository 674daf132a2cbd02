import type { EntryInput, ProcessManager } from '@proc/core';
import { END, type EntrySource } from '../entries/entry-source.js';
import { toEntry } from '../entries/to-entry.js';
import type { Job } from '../scheduler/job.js';
import type { JobSource } from '../scheduler/scheduler.js';
import type { JobMaker } from './job-maker.js';

/** Makes jobs of what an iterable gives, and passes over those that are done already. */
export class LazyJobs implements JobSource {
  readonly #manager: ProcessManager;
  readonly #source: EntrySource;
  readonly #jobs: JobMaker;
  readonly #isDone: (job: Job) => boolean;

  constructor(
    manager: ProcessManager,
    source: EntrySource,
    jobs: JobMaker,
    isDone: (job: Job) => boolean,
  ) {
    this.#manager = manager;
    this.#source = source;
    this.#jobs = jobs;
    this.#isDone = isDone;
  }

  next(): Job | null | Promise<Job | null> {
    for (;;) {
      const given = this.#source.next();
      if (given instanceof Promise) return this.#wait(given);
      const job = this.#toJob(given);
      if (job === null || !this.#isDone(job)) return job;
    }
  }

  async #wait(given: Promise<EntryInput | typeof END>): Promise<Job | null> {
    const job = this.#toJob(await given);
    return job === null || !this.#isDone(job) ? job : this.next();
  }

  #toJob(input: EntryInput | typeof END): Job | null {
    return input === END ? null : this.#jobs.make(toEntry(this.#manager, input));
  }
}
