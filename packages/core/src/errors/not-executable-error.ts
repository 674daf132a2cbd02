import { ProcessStartError } from './process-start-error.js';

/** The file exists but may not be executed, or has no format that can be. */
export class NotExecutableError extends ProcessStartError {
  override readonly code: string = 'ERR_PROC_NOT_EXECUTABLE';
}
