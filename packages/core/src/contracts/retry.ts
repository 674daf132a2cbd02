import type { Duration } from './duration.js';
import type { ProcessResult } from './process-result.js';

/** Retry rule, resolved. */
export interface RetrySpec {
  /** Further attempts after the first; 0 means none. */
  readonly times: number;
  readonly delayMs: number;
  /** The delay is multiplied by this after each attempt. */
  readonly factor: number;
}

/**
 * Decides whether a failed attempt is tried again.
 *
 * @param result - the attempt's result; `result.error` is set when it ended by a timeout or did not start
 * @param attempt - the number of the attempt that failed, from 1
 */
export type RetryPredicate = (result: ProcessResult, attempt: number) => boolean | Promise<boolean>;

/** Retry rule, as given. A cancelled or stopped run is never retried. */
export interface RetryOptions {
  /** Further attempts after the first. */
  readonly times: number;
  /** Wait before a further attempt; default 0. */
  readonly delay?: Duration;
  /** Multiplies the delay after each attempt; default 1. */
  readonly factor?: number;
  /** Default: any failure. */
  readonly when?: RetryPredicate;
}
