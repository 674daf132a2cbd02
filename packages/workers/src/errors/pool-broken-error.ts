import { ProcError } from '@proc/core/essentials';

/** Workers of a pool can not be started; `cause` is why the last one was not. It is tried again after a while. */
export class PoolBrokenError extends ProcError {
  readonly code = 'ERR_PROC_POOL_BROKEN';

  constructor(
    readonly poolName: string,
    readonly failures: number,
    cause: unknown,
  ) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`The pool "${poolName}" can not start workers, ${failures} times in a row: ${reason}`, {
      cause,
    });
  }
}
