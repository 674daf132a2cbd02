import { ProcError } from './proc-error.js';

/** An argument that can not work. Thrown before anything is started. */
export class InvalidArgumentError extends ProcError {
  readonly code = 'ERR_PROC_INVALID_ARGUMENT';
}
