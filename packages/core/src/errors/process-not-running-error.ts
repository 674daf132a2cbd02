import { ProcessError } from './process-error.js';

/** The process has ended already. */
export class ProcessNotRunningError extends ProcessError {
  readonly code = 'ERR_PROC_NOT_RUNNING';
}
