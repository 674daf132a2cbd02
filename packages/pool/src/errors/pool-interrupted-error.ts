import { ProcError } from '@proc/core';
import type { PoolResults } from '../results/pool-results.js';

/** Which part of what a pool was given failed. */
export type InterruptionOrigin = 'source' | 'entry' | 'output' | 'progress' | 'journal' | 'retry';

const WHAT: Readonly<Record<InterruptionOrigin, string>> = {
  source: 'the iterable of its entries failed, or gave what is no entry',
  entry: 'an entry broke its contract by throwing',
  output: 'the output callback threw',
  progress: 'the onProgress callback threw',
  journal: 'the journal could not be written',
  retry: 'what decides about its retries threw',
};

/**
 * A pool could not go on; `cause` is the error that was thrown. What ran was stopped first, the rest was skipped.
 */
export class PoolInterruptedError extends ProcError {
  readonly code = 'ERR_PROC_POOL_INTERRUPTED';
  /** What there was until then. Not enumerable, so that a logged error stays readable. */
  declare readonly results: PoolResults;

  constructor(
    readonly origin: InterruptionOrigin,
    cause: unknown,
    results: PoolResults,
  ) {
    super(`The pool was interrupted: ${WHAT[origin]}: ${messageOf(cause)}`, { cause });
    Object.defineProperty(this, 'results', { value: results, enumerable: false });
  }
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : String(error);
}
