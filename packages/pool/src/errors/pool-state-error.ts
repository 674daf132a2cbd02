import { ProcError } from '@proc/core';

/** The pool is not in a state for this: started while it runs, added to when it does not, or closed. */
export class PoolStateError extends ProcError {
  readonly code = 'ERR_PROC_POOL_STATE';
}
