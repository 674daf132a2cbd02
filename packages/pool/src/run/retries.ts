import type { Clock, ProcessResult } from '@proc/core';
import { isFinal, pause, retryDelay, unlessAborted, type resolveRetry } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';

/** Retries as a pool is told, checked and with their defaults. */
export type RetryRule = ReturnType<typeof resolveRetry>;

/** What comes after an attempt: another one, or none as it was the last, or as the pool ended before the next. */
export type AfterAttempt = 'another' | 'none' | 'cutShort';

/** Decides whether an entry that has failed is launched again, and waits before it. */
export class Retries {
  readonly #rule: RetryRule;
  readonly #clock: Clock;
  readonly #ended = new AbortController();
  #waiting = 0;

  /** @param clock - what it waits by between two attempts */
  constructor(rule: RetryRule, clock: Clock) {
    this.#rule = rule;
    this.#clock = clock;
  }

  /** How many entries are between two attempts, or wait to hear whether there is another one. */
  get waiting(): number {
    return this.#waiting;
  }

  /**
   * Resolves when the time of another attempt has come, or where there is none.
   *
   * @throws what the predicate throws
   */
  async after(job: Job, result: ProcessResult): Promise<AfterAttempt> {
    const { spec, when } = this.#rule;
    const { launches: attempt, entry } = job;
    if (attempt > spec.times || entry.repeatable === false || isFinal(result)) return 'none';
    const { signal } = this.#ended;
    if (signal.aborted) return 'cutShort';
    this.#waiting += 1;
    try {
      // Somebody's answer may never come: the end of the pool is one then.
      const isWanted =
        when === undefined ||
        (await unlessAborted(Promise.resolve(when(result, attempt)), [signal]));
      if (!isWanted) return this.#unlessEnded('none');
      await pause(retryDelay(spec, attempt), { clock: this.#clock, signals: [signal] });
      return this.#unlessEnded('another');
    } finally {
      this.#waiting -= 1;
    }
  }

  /** There are no more attempts: who waits for one is told. */
  end(): void {
    this.#ended.abort();
  }

  #unlessEnded(next: AfterAttempt): AfterAttempt {
    return this.#ended.signal.aborted ? 'cutShort' : next;
  }
}
