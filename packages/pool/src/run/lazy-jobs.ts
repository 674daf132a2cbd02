import type { EntryInput, ProcessManager } from '@proc/core';
import { END, type EntrySource } from '../entries/entry-source.js';
import { toEntry } from '../entries/to-entry.js';
import type { Job } from '../scheduler/job.js';
import type { JobSource } from '../scheduler/scheduler.js';
import type { JobMaker } from './job-maker.js';

/** Makes jobs of what an iterable gives. */
export class LazyJobs implements JobSource {
  readonly #manager: ProcessManager;
  readonly #source: EntrySource;
  readonly #jobs: JobMaker;

  constructor(manager: ProcessManager, source: EntrySource, jobs: JobMaker) {
    this.#manager = manager;
    this.#source = source;
    this.#jobs = jobs;
  }

  next(): Job | null | Promise<Job | null> {
    const given = this.#source.next();
    return given instanceof Promise
      ? given.then((input) => this.#toJob(input))
      : this.#toJob(given);
  }

  #toJob(input: EntryInput | typeof END): Job | null {
    return input === END ? null : this.#jobs.make(toEntry(this.#manager, input));
  }
}
