import type { ProcessResult } from '@proc/core';
import type { CompletedEntry } from '../contracts/completed-entry.js';
import type { PoolKey } from '../contracts/pool-key.js';

/** A pair whose parts have names. */
export function completedEntry(key: PoolKey, result: ProcessResult): CompletedEntry {
  const pair: readonly [PoolKey, ProcessResult] = [key, result];
  return Object.freeze(Object.assign(pair, { key, result }));
}
