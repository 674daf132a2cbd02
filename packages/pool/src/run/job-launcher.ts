import type { Launched } from '@proc/core';
import { CallSite, SecretTable } from '@proc/core/internal';
import type { GuardedOutput } from '../output/guarded-output.js';
import type { Job, JobOutput } from '../scheduler/job.js';
import type { RunJournal } from './run-journal.js';
import type { RunScope } from './run-scope.js';

/** Launches the entries of a run, and writes down that they begin. */
export class JobLauncher {
  readonly #output: GuardedOutput;
  readonly #journal: RunJournal;
  readonly #scope: Pick<RunScope, 'signal' | 'clock'>;
  /** Where the pool was started. */
  readonly #callSite = CallSite.capture();

  /** @param scope - its signal cancels all entries at once */
  constructor(
    output: GuardedOutput,
    journal: RunJournal,
    scope: Pick<RunScope, 'signal' | 'clock'>,
  ) {
    this.#output = output;
    this.#journal = journal;
    this.#scope = scope;
  }

  /** @throws {@link JournalError} when the beginning could not be written down; nothing was launched */
  launch(job: Job): Launched {
    // Once: an entry that is launched again prints on.
    job.output ??= this.#open(job);
    const { key, callSite = this.#callSite, attempts: previousAttempts } = job;
    return job.entry.launch({
      key,
      signal: this.#scope.signal,
      clock: this.#scope.clock,
      callSite,
      previousAttempts,
      ...job.output,
    });
  }

  #open(job: Job): JobOutput {
    const secrets = new SecretTable();
    this.#journal.started(job, secrets);
    return { secrets, onOutput: this.#output.open(job, secrets) };
  }
}
