import { ProcError } from '@proc/core';

/** A test lets time pass until nothing waits for it any more, but something always does. */
export class EndlessTimeError extends ProcError {
  readonly code = 'ERR_PROC_ENDLESS_TIME';
}
