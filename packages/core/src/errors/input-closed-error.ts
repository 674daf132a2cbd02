import { ProcessError } from './process-error.js';

/** The process no longer reads its standard input. */
export class InputClosedError extends ProcessError {
  readonly code = 'ERR_PROC_INPUT_CLOSED';
}
