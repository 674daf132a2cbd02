import type { ProcessResult } from '@proc/core';
import type { PoolKey } from './pool-key.js';

/** An entry that has ended: a pair, as in `[key, result]`, whose parts have names too. */
export type CompletedEntry = readonly [key: PoolKey, result: ProcessResult] & {
  readonly key: PoolKey;
  readonly result: ProcessResult;
};
