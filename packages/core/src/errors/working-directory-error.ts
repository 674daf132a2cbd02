import { ProcessStartError } from './process-start-error.js';

/** The working directory does not exist, is none, or may not be entered. */
export class WorkingDirectoryError extends ProcessStartError {
  override readonly code: string = 'ERR_PROC_WORKING_DIRECTORY';
}
