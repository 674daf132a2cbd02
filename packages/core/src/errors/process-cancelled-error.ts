import { ProcessError } from './process-error.js';

/** The run was cancelled by an AbortSignal (`cause` is its reason), a veto or a shutdown. */
export class ProcessCancelledError extends ProcessError {
  readonly code = 'ERR_PROC_CANCELLED';
}
