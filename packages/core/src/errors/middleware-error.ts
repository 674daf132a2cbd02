import { ProcessError } from './process-error.js';

/** A middleware threw, or answered a `start()` without a process; `cause` is what it threw. */
export class MiddlewareError extends ProcessError {
  readonly code = 'ERR_PROC_MIDDLEWARE';
}
