import { ProcessStartError } from './process-start-error.js';

/** The system had no descriptors, processes or memory left for one more process. */
export class ResourceExhaustedError extends ProcessStartError {
  override readonly code: string = 'ERR_PROC_RESOURCE_EXHAUSTED';
}
