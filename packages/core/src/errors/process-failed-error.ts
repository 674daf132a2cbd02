import { ProcessError } from './process-error.js';

/** The process exited with a non-zero code; thrown by the `throw` methods of a result, never by a run. */
export class ProcessFailedError extends ProcessError {
  readonly code = 'ERR_PROC_FAILED';
}
