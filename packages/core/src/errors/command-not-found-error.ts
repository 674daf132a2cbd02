import { ProcessStartError } from './process-start-error.js';

/** There is no such program, neither as a path nor in PATH. */
export class CommandNotFoundError extends ProcessStartError {
  override readonly code: string = 'ERR_PROC_COMMAND_NOT_FOUND';
}
