import { ProcessError } from './process-error.js';

/** The process could not be started. `cause` is the system's error. */
export class ProcessStartError extends ProcessError {
  readonly code: string = 'ERR_PROC_START';
}
