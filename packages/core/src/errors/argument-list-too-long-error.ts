import { ProcessStartError } from './process-start-error.js';

/** Arguments and environment together exceed what the system accepts. */
export class ArgumentListTooLongError extends ProcessStartError {
  override readonly code: string = 'ERR_PROC_ARGUMENT_LIST_TOO_LONG';
}
