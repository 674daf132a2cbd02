import type { ProcessSpec } from '../contracts/process-spec.js';
import { ProcessError } from './process-error.js';

/** The process ran longer than its timeout, and was ended. */
export class ProcessTimedOutError extends ProcessError {
  readonly code: string = 'ERR_PROC_TIMED_OUT';

  constructor(
    message: string,
    spec: ProcessSpec,
    /** The limit that was exceeded, in milliseconds. */
    readonly limitMs: number,
  ) {
    super(message, spec);
  }

  /** The limit in seconds, as Laravel gives it. */
  exceededTimeout(): number {
    return this.limitMs / 1000;
  }
}
