import { ProcessError, type Clock, type ProcessResult } from '@proc/core';
import type { resolveRetry } from '@proc/core/internal';
import type { Job } from '../scheduler/job.js';

/** The longest delay of a Node timer, in milliseconds. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** Retries as a pool is told, checked and with their defaults. */
export type RetryRule = ReturnType<typeof resolveRetry>;

/** Decides whether an entry that has failed is launched again, and waits before it. */
export class Retries {
  readonly #rule: RetryRule;
  readonly #clock: Clock;
  readonly #wakes = new Set<() => void>();
  #ended = false;

  /** @param clock - what it waits by between two attempts */
  constructor(rule: RetryRule, clock: Clock) {
    this.#rule = rule;
    this.#clock = clock;
  }

  /** How many entries are between two attempts, or wait to hear whether there is another one. */
  get waiting(): number {
    return this.#wakes.size;
  }

  /**
   * Resolves when the time of another attempt has come, or with `false` where there is none.
   *
   * @throws what the predicate throws
   */
  async again(job: Job, result: ProcessResult): Promise<boolean> {
    const { spec, when } = this.#rule;
    const { times, delayMs, factor } = spec;
    const attempt = job.launches;
    if (attempt > times || job.entry.repeatable === false || isFinal(result)) return false;
    if (when !== undefined && !(await this.#unlessEnded(when(result, attempt)))) return false;
    await this.#pause(Math.min(delayMs * factor ** (attempt - 1), LONGEST_DELAY));
    return !this.#ended;
  }

  /** There are no more attempts: who waits for one is told. */
  end(): void {
    this.#ended = true;
    for (const wake of this.#wakes) wake();
  }

  /** Somebody's answer may never come: the end of the pool is one then. */
  async #unlessEnded(answer: boolean | PromiseLike<boolean>): Promise<boolean> {
    if (this.#ended) return false;
    return new Promise((resolve, reject) => {
      const wake = (): void => resolve(false);
      this.#wakes.add(wake);
      void Promise.resolve(answer)
        .then(resolve, reject)
        .finally(() => this.#wakes.delete(wake));
    });
  }

  async #pause(ms: number): Promise<void> {
    if (ms === 0 || this.#ended) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        cancelTimer();
        this.#wakes.delete(wake);
        resolve();
      };
      const cancelTimer = this.#clock.timer(ms, wake);
      this.#wakes.add(wake);
    });
  }
}

/** Successes, what was ended on purpose, and what would only fail in the same way again. */
function isFinal(result: ProcessResult): boolean {
  if (result.successful() || result.reason === 'cancelled' || result.reason === 'stopped')
    return true;
  return result.error !== null && !ProcessError.is(result.error);
}
