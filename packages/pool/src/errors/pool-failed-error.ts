import { ProcError } from '@proc/core';
import type { PoolResults } from '../results/pool-results.js';
import { describeFailures } from './describe-failures.js';

/**
 * Entries of a pool failed or were skipped. The message lists the failed ones with their command, exit code and the
 * end of their stderr.
 */
export class PoolFailedError extends ProcError {
  readonly code = 'ERR_PROC_POOL_FAILED';
  /** Every result with its key. Not enumerable, so that a logged error stays readable. */
  declare readonly results: PoolResults;

  constructor(results: PoolResults) {
    super(
      describeFailures(results),
      results.cause === undefined ? undefined : { cause: results.cause },
    );
    Object.defineProperty(this, 'results', { value: results, enumerable: false });
  }
}
