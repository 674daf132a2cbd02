import { ProcError } from '@proc/core';

/** A pool took longer than its timeout: the cause of the errors of the entries that were cancelled for it. */
export class PoolTimedOutError extends ProcError {
  readonly code = 'ERR_PROC_POOL_TIMED_OUT';

  constructor(
    /** The limit that was exceeded, in milliseconds. */
    readonly limitMs: number,
  ) {
    super(`The pool exceeded its timeout of ${limitMs} ms.`);
  }
}
