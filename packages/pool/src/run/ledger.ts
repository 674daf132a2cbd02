import type { ProcessResult } from '@proc/core';
import { EntrySkippedError } from '../errors/entry-skipped-error.js';
import type { GuardedOutput } from '../output/guarded-output.js';
import type { ResumeReport } from '../journal/journal.js';
import { PoolResults, type SkippedEntry } from '../results/pool-results.js';
import { CompletionLog, type CompletionLogOptions } from '../results/completion-log.js';
import { ResultSummary } from '../results/result-summary.js';
import { Deferred } from '../scheduler/deferred.js';
import type { Job } from '../scheduler/job.js';
import type { Ending } from './ending.js';
import type { Tally } from './tally.js';

/** Makes the error that says why an entry was not started: many are skipped, and few of them asked for. */
export type SkipReason = (job: Job) => EntrySkippedError;

/** Who has to know what becomes of an entry. */
export interface LedgerParts {
  readonly tally: Tally;
  readonly output: GuardedOutput;
  /** Whether the results are kept, or only counted. */
  readonly collect: boolean;
  /** See {@link CompletionLogOptions}. */
  readonly onCaughtUp: CompletionLogOptions['onCaughtUp'];
}

/** How a run ended. */
export interface LedgerClosing {
  readonly ending: Ending;
  /** Whether there were entries that nobody has seen. */
  readonly cutShort: boolean;
  readonly report: Partial<ResumeReport>;
}

/** What has become of the entries of a run. */
export class Ledger {
  readonly log: CompletionLog;
  readonly #tally: Tally;
  readonly #output: GuardedOutput;
  readonly #summary: ResultSummary | undefined;
  readonly #skipped: { readonly job: Job; readonly why: SkipReason }[] = [];
  readonly #promised = new Map<Job, Deferred<ProcessResult>>();

  constructor({ tally, output, collect, onCaughtUp }: LedgerParts) {
    this.log = new CompletionLog({ collect, onCaughtUp });
    this.#tally = tally;
    this.#output = output;
    this.#summary = collect ? undefined : new ResultSummary();
  }

  /** The result of one job. Nobody has to listen: its rejection goes unnoticed then. */
  promise(job: Job): Promise<ProcessResult> {
    const deferred = new Deferred<ProcessResult>();
    this.#promised.set(job, deferred);
    return deferred.promise;
  }

  complete(job: Job, result: ProcessResult): void {
    this.log.add(job, result);
    this.#summary?.add(job.key, result);
    this.#promised.get(job)?.resolve(result);
    this.#promised.delete(job);
  }

  /** An earlier run has done it. */
  resumed(job: Job, result: ProcessResult): void {
    this.#tally.resumedWith(result.successful(), job.weight);
    this.#output.skipped([job]);
    this.complete(job, result);
  }

  /** They are not started any more. */
  skip(jobs: readonly Job[], why: SkipReason): void {
    for (const job of jobs) {
      this.#tally.skipped(job.weight);
      this.#close(job, why, undefined);
    }
    this.#output.skipped(jobs);
  }

  /** It threw instead of ending. */
  broke(job: Job, error: unknown): void {
    this.#tally.endedWith(false, job.weight);
    this.#close(job, ({ key }) => new EntrySkippedError(key, 'interrupted', error), error);
    this.#output.skipped([job]);
  }

  /** What there is now, as the results of the run. */
  results({ ending, cutShort, report }: LedgerClosing): PoolResults {
    const skipped = this.#skippedInEntryOrder();
    return new PoolResults({
      completed: this.#summary === undefined ? this.log.inEntryOrder() : [],
      summary: this.#summary,
      skipped,
      complete: skipped.length === 0 && !cutShort,
      reason: ending.reason,
      cause: ending.cause,
      durationMs: this.#tally.durationMs,
      ...report,
    });
  }

  #skippedInEntryOrder(): SkippedEntry[] {
    return this.#skipped
      .sort((a, b) => a.job.index - b.job.index)
      .map(({ job, why }) => ({ key: job.key, why: () => why(job) }));
  }

  /** @param error - what its promise is rejected with; default: why it was skipped */
  #close(job: Job, why: SkipReason, error: unknown): void {
    this.#skipped.push({ job, why });
    this.#promised.get(job)?.rejectQuietly(error ?? why(job));
    this.#promised.delete(job);
  }
}
