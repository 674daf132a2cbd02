import { ProcessError } from './process-error.js';

/** An output callback threw; `cause` is what it threw. The process was ended. */
export class OutputCallbackError extends ProcessError {
  readonly code = 'ERR_PROC_OUTPUT_CALLBACK';
}
