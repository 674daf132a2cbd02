import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { TerminationReason } from '../contracts/termination-reason.js';
import type { ProcError } from '../errors/proc-error.js';
import { attachResult } from '../errors/process-error.js';
import { RecordedResult } from './recorded-result.js';
import { recordOf } from './result-record.js';

/** A result that ended otherwise after all: all that there was, with another error and reason. */
export function replaceEnding(
  result: ProcessResult,
  spec: ProcessSpec,
  error: ProcError,
  reason: TerminationReason | null,
): ProcessResult {
  const replaced = new RecordedResult({ ...recordOf(result), error, reason }, spec);
  attachResult(error, replaced);
  return replaced;
}
