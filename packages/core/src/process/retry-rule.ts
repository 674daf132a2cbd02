import type { ProcessResult } from '../contracts/process-result.js';
import type { RetrySpec } from '../contracts/retry.js';
import { ProcessError } from '../errors/process-error.js';

/** The longest delay of a Node timer, in milliseconds. */
const LONGEST_DELAY = 2 ** 31 - 1;

/** Milliseconds between an attempt, counted from 1, and the next one. */
export function retryDelay({ delayMs, factor }: RetrySpec, attempt: number): number {
  return Math.min(delayMs * factor ** (attempt - 1), LONGEST_DELAY);
}

/** Whether no retry could change it: successes, what was ended on purpose, and what would only fail in the same way. */
export function isFinal(result: ProcessResult): boolean {
  if (result.successful()) return true;
  if (result.reason === 'cancelled' || result.reason === 'stopped') return true;
  return result.error !== null && !ProcessError.is(result.error);
}
