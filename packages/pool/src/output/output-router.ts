import type { OutputCallback } from '@proc/core';
import type { SecretTable } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';

/** Brings the output of the entries to the callback of the pool, in one order or another. */
export interface OutputRouter {
  /**
   * What the job is launched with.
   *
   * @param secrets - those of the job, as they become known
   */
  open(job: Job, secrets: SecretTable): OutputCallback;
  /**
   * The job will print no more. Resolves when the callback has taken all that can be delivered now.
   *
   * @throws what the callback throws
   */
  ended(job: Job): void | Promise<void>;
  /** These jobs will never print anything. As for {@link ended}. */
  skipped(jobs: readonly Job[]): void | Promise<void>;
  /** Nothing is printed or delivered any more: lets go of what is held. */
  close(): void;
}
