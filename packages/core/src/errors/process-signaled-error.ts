import { ProcessError } from './process-error.js';

/** A signal ended the process; thrown by the `throw` methods of a result, never by a run. */
export class ProcessSignaledError extends ProcessError {
  readonly code = 'ERR_PROC_SIGNALED';
}
