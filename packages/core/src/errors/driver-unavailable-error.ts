import { ProcError } from './proc-error.js';

/** A driver is registered but can not work here; the message names the ways out. */
export class DriverUnavailableError extends ProcError {
  readonly code = 'ERR_PROC_DRIVER_UNAVAILABLE';

  constructor(
    readonly driver: string,
    advice: string,
    options?: ErrorOptions,
  ) {
    super(`The process driver "${driver}" is not available: ${advice}`, options);
  }
}
