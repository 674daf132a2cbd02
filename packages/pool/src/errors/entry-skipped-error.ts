import { ProcError } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolStopReason } from '../contracts/pool-stop-reason.js';
import { describeKey, REASON_TEXT } from './wording.js';

/** What kept an entry from being started: one that comes before it and did not succeed. */
export interface SkipHindrance {
  readonly key: PoolKey;
  readonly state: 'failed' | 'skipped';
}

/** An entry was not started: its pool ended before its turn, or an entry that comes before it did not succeed. */
export class EntrySkippedError extends ProcError {
  readonly code = 'ERR_PROC_POOL_ENTRY_SKIPPED';

  constructor(
    readonly key: PoolKey,
    readonly reason: PoolStopReason | 'dependency',
    cause?: unknown,
    /** For `dependency`: which one. */
    readonly after: SkipHindrance | null = null,
  ) {
    super(
      `Entry ${describeKey(key)} was not started: ${why(reason, after)}.`,
      cause === undefined ? undefined : { cause },
    );
  }
}

function why(reason: PoolStopReason | 'dependency', after: SkipHindrance | null): string {
  if (reason !== 'dependency') return `the pool ${REASON_TEXT[reason]}`;
  if (after === null) return 'one that comes before it did not succeed';
  return `it comes after ${describeKey(after.key)}, which ${after.state === 'failed' ? 'failed' : 'was skipped'}`;
}
