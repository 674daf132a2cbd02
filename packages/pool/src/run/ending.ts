import type { PoolStopReason } from '../contracts/pool-stop-reason.js';
import { PoolInterruptedError, type InterruptionOrigin } from '../errors/pool-interrupted-error.js';
import type { PoolResults } from '../results/pool-results.js';

/** Why a run ends early, if it does. The first reason wins, and so does the first error. */
export class Ending {
  #reason: PoolStopReason | null = null;
  #cause: unknown;
  #sealed = false;
  #interruption: { readonly origin: InterruptionOrigin; readonly error: unknown } | undefined;

  get reason(): PoolStopReason | null {
    return this.#reason;
  }

  get cause(): unknown {
    return this.#cause;
  }

  /** @returns whether this reason is the first, and came in time */
  because(reason: PoolStopReason, cause?: unknown): boolean {
    if (this.#sealed || this.#reason !== null) return false;
    this.#reason = reason;
    this.#cause = cause;
    return true;
  }

  /** The run has come to its end: there is no ending it early any more. */
  seal(): void {
    this.#sealed = true;
  }

  /** Notes an error that the run rejects with, also when it was ending for another reason. */
  interruptedBy(origin: InterruptionOrigin, error: unknown): void {
    this.#interruption ??= { origin, error };
  }

  /** The error that the run rejects with, if there is one. */
  errorFor(results: PoolResults): PoolInterruptedError | undefined {
    if (this.#interruption === undefined) return undefined;
    return new PoolInterruptedError(this.#interruption.origin, this.#interruption.error, results);
  }
}
