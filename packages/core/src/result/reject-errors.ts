import type { ProcessResult } from '../contracts/process-result.js';

/** A result whose ending is an error rejects; an exit and a signal do not. */
export function rejectErrors(result: ProcessResult): ProcessResult {
  if (result.error !== null) throw result.error;
  return result;
}
