import { ProcessStartError } from './process-start-error.js';

/** The system allows neither this process nor the user to set a limit, or a niceness, that was asked for. */
export class LimitRefusedError extends ProcessStartError {
  override readonly code: string = 'ERR_PROC_LIMIT_REFUSED';
}
