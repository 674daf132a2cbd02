import type { ProcessResult, TerminationReason } from '@proc/core';
import type { SecretTable } from '@proc/core/internal';
import type { Journal, ResumeReport } from '../journal/journal.js';
import type { Job } from '../scheduler/job.js';

const STOPPED: readonly TerminationReason[] = ['stopped', 'cancelled', 'signaled'];

/** The journal of a run, or none. */
export class RunJournal {
  readonly #journal: Journal | null;
  readonly #onError: (error: unknown) => void;
  #pending = 0;

  /** @param onError - something could not be written down */
  constructor(journal: Journal | null, onError: (error: unknown) => void) {
    this.#journal = journal;
    this.#onError = onError;
  }

  /** The result of an earlier run, if there is one that counts. */
  restore(job: Job): ProcessResult | undefined {
    return this.#journal?.restore(job);
  }

  /** @throws {@link JournalError} */
  started(job: Job, secrets: SecretTable): void {
    try {
      this.#journal?.started(job, secrets);
    } catch (error) {
      this.#onError(error);
      throw error;
    }
  }

  /** Entries that have ended, of which nobody has heard yet. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * Before anybody hears of a result; they wait for it, where there is a journal. What is stopped because the pool
   * ends, or is not tried again because of that, is to be run again.
   */
  ended(
    job: Job,
    result: ProcessResult,
    { poolEnds, attemptsLeft }: { readonly poolEnds: boolean; readonly attemptsLeft: boolean },
  ): Promise<void> | undefined {
    if (this.#journal === null) return undefined;
    const wasStopped = result.reason !== null && STOPPED.includes(result.reason);
    return this.#writeDown(
      this.#journal.ended(job, result, attemptsLeft || (poolEnds && wasStopped)),
    );
  }

  /** @param cutShort - whether entries were left unread: they may be those that the journal has */
  close({ cutShort }: { readonly cutShort: boolean }): Partial<ResumeReport> {
    const report = this.#journal?.report() ?? {};
    this.#journal?.close();
    return cutShort ? { ...report, obsolete: [] } : report;
  }

  async #writeDown(written: Promise<void>): Promise<void> {
    this.#pending += 1;
    try {
      await written;
    } catch (error) {
      this.#onError(error);
    } finally {
      this.#pending -= 1;
    }
  }
}
