import type { ProcessResult } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import { CompletionLog } from '../results/completion-log.js';
import { Deferred } from '../scheduler/deferred.js';
import type { Job } from '../scheduler/job.js';

/** What has become of the entries of a run. */
export class Ledger {
  readonly log: CompletionLog;
  readonly #skipped: { readonly index: number; readonly key: PoolKey }[] = [];
  readonly #promised = new Map<Job, Deferred<ProcessResult>>();

  /** @param onCaughtUp - see {@link CompletionLog} */
  constructor(onCaughtUp: () => void) {
    this.log = new CompletionLog(onCaughtUp);
  }

  /** The result of one job. Nobody has to listen: its rejection goes unnoticed then. */
  promise(job: Job): Promise<ProcessResult> {
    const deferred = new Deferred<ProcessResult>();
    this.#promised.set(job, deferred);
    return deferred.promise;
  }

  complete(job: Job, result: ProcessResult): void {
    this.log.add(job, result);
    this.#promised.get(job)?.resolve(result);
    this.#promised.delete(job);
  }

  skip(job: Job, error: unknown): void {
    this.#skipped.push({ index: job.index, key: job.key });
    this.#promised.get(job)?.rejectQuietly(error);
    this.#promised.delete(job);
  }

  skippedInEntryOrder(): PoolKey[] {
    return [...this.#skipped].sort((a, b) => a.index - b.index).map(({ key }) => key);
  }
}
