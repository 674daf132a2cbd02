import { ProcessError } from './process-error.js';

/** The output is no JSON, does not fit the schema, or is too large for a string. */
export class OutputFormatError extends ProcessError {
  readonly code = 'ERR_PROC_OUTPUT_FORMAT';
}
