import { ProcessTimedOutError } from './process-timed-out-error.js';

/** The process printed nothing for longer than its idle timeout, and was ended. */
export class ProcessIdleTimedOutError extends ProcessTimedOutError {
  override readonly code: string = 'ERR_PROC_IDLE_TIMED_OUT';
}
