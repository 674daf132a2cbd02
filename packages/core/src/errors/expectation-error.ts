import { ProcessError } from './process-error.js';

/**
 * The process ended, or the time ran out, before the expected output came; or the answer to a message did not in time.
 */
export class ExpectationError extends ProcessError {
  readonly code = 'ERR_PROC_EXPECTATION';
}
