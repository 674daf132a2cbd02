import { ProcError } from './proc-error.js';

/** A run asks for something that its driver, or the platform, can not do. Nothing was started. */
export class UnsupportedCapabilityError extends ProcError {
  readonly code = 'ERR_PROC_UNSUPPORTED_CAPABILITY';

  constructor(
    readonly driver: string,
    readonly capability: string,
    what: string,
  ) {
    super(`The driver "${driver}" does not support ${what} (capability "${capability}").`);
  }
}
