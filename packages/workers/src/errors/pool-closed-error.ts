import { ProcError } from '@proc/core/essentials';

/** The pool is closed, or is being closed: it takes no more tasks, and those that waited may not have run. */
export class PoolClosedError extends ProcError {
  readonly code = 'ERR_PROC_POOL_CLOSED';

  constructor(readonly poolName: string) {
    super(`The pool "${poolName}" is closed.`);
  }
}
