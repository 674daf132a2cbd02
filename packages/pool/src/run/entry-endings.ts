import type { ProcessResult } from '@proc/core';
import { EntrySkippedError } from '../errors/entry-skipped-error.js';
import type { GuardedOutput } from '../output/guarded-output.js';
import type { Job } from '../scheduler/job.js';
import type { Announcer } from './announcer.js';
import type { Hindrance } from './dependencies.js';
import type { EntryIntake } from './entry-intake.js';
import type { LastCalls } from './last-calls.js';
import type { Ledger } from './ledger.js';
import type { AfterAttempt, Retries } from './retries.js';
import type { RunJournal } from './run-journal.js';
import type { Tally } from './tally.js';

/** Who takes note of how an entry ended. */
export interface EntryEndingsParts {
  readonly retries: Retries;
  readonly journal: RunJournal;
  readonly tally: Tally;
  readonly output: GuardedOutput;
  readonly lastCalls: LastCalls;
  readonly ledger: Ledger;
  readonly announcer: Announcer;
  readonly intake: EntryIntake;
  /** Launches it again, when its turn comes. */
  readonly relaunch: (job: Job) => void;
  /** The predicate of the retries threw. */
  readonly onError: (error: unknown) => void;
  /** Whether the pool starts nothing more. */
  readonly poolEnds: () => boolean;
  /** The numbers have changed. */
  readonly onCounted: () => void;
}

/** What becomes of an entry in the end: another attempt, or its place among the results or the skipped. */
export class EntryEndings {
  readonly #parts: EntryEndingsParts;

  constructor(parts: EntryEndingsParts) {
    this.#parts = parts;
  }

  /** Resolves when the entry needs its place no more. */
  async ended(job: Job, result: ProcessResult): Promise<void> {
    const next = await this.#after(job, result);
    // The pool may end in the very turn in which the answer is on its way.
    if (next === 'another' && !this.#parts.poolEnds()) {
      job.failure = result;
      this.#parts.relaunch(job);
      this.#parts.announcer.changed(job.key);
    } else {
      await this.#conclude(job, result, { attemptsLeft: next !== 'none' });
    }
  }

  /** There is no other attempt for those that wait for one: the last one counts. Resolves when that is noted. */
  async concludeWaiting(jobs: readonly Job[]): Promise<void> {
    const concluded = jobs.flatMap((job) =>
      job.failure === undefined ? [] : [this.#conclude(job, job.failure, { attemptsLeft: true })],
    );
    await Promise.all(concluded);
  }

  /** Takes over the result of an earlier run, if there is one that counts. */
  resume(job: Job): ProcessResult | undefined {
    const result = this.#parts.journal.restore(job);
    if (result !== undefined) this.#parts.ledger.resumed(job, result);
    return result;
  }

  /** It will not be started, because of one that it comes after. */
  skip(job: Job, after: Hindrance): void {
    const { ledger, announcer } = this.#parts;
    ledger.skip([job], () => new EntrySkippedError(job.key, 'dependency', undefined, after));
    announcer.changed(job.key);
  }

  async #after(job: Job, result: ProcessResult): Promise<AfterAttempt> {
    const { retries, onError } = this.#parts;
    try {
      return await retries.after(job, result);
    } catch (error) {
      onError(error);
      return 'cutShort';
    }
  }

  async #conclude(
    job: Job,
    result: ProcessResult,
    { attemptsLeft }: { readonly attemptsLeft: boolean },
  ): Promise<void> {
    const { journal, tally, output, lastCalls, ledger } = this.#parts;
    const { announcer, intake, poolEnds, onCounted } = this.#parts;
    const written = journal.ended(job, result, { poolEnds: poolEnds(), attemptsLeft });
    if (written !== undefined) await written;
    tally.endedWith(result.successful(), job.weight);
    onCounted();
    const delivered = output.ended(job);
    if (delivered !== undefined) await lastCalls.until(delivered);
    ledger.complete(job, result);
    announcer.changed(job.key);
    intake.ended(job, result);
  }
}
