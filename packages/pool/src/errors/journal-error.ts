import { ProcError } from '@proc/core';

/**
 * A journal can not be used: it is locked by another pool, damaged, of an unknown version, or can not be read or
 * written. `cause` is the system's error where there is one.
 */
export class JournalError extends ProcError {
  readonly code = 'ERR_PROC_POOL_JOURNAL';

  constructor(
    message: string,
    readonly path: string,
    /** Where the damage is, from 1; `null` where it is no single line. */
    readonly line: number | null = null,
    cause?: unknown,
  ) {
    super(message, cause === undefined ? undefined : { cause });
  }
}
