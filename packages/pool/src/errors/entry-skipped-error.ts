import { ProcError } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolStopReason } from '../contracts/pool-stop-reason.js';
import { describeKey, REASON_TEXT } from './wording.js';

/** An entry was not started, since its pool ended before its turn. */
export class EntrySkippedError extends ProcError {
  readonly code = 'ERR_PROC_POOL_ENTRY_SKIPPED';

  constructor(
    readonly key: PoolKey,
    readonly reason: PoolStopReason,
    cause?: unknown,
  ) {
    super(
      `Entry ${describeKey(key)} was not started: the pool ${REASON_TEXT[reason]}.`,
      cause === undefined ? undefined : { cause },
    );
  }
}
