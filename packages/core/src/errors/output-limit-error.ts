import { ProcessError } from './process-error.js';

/** The process printed more than its `maxOutput`. It was ended; the result holds the output up to the limit. */
export class OutputLimitError extends ProcessError {
  readonly code = 'ERR_PROC_OUTPUT_LIMIT';
}
