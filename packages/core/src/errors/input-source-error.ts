import { ProcessError } from './process-error.js';

/** The source of the standard input failed; `cause` is its error. The process was ended. */
export class InputSourceError extends ProcessError {
  readonly code = 'ERR_PROC_INPUT_SOURCE';
}
