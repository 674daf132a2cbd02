import { ProcessError, type ProcessSpec } from '@proc/core';
import { messageOf } from './message-of.js';

/** The function or stream of an in-process stage failed; `cause` is its error. */
export class PipelineStageError extends ProcessError {
  readonly code = 'ERR_PROC_PIPELINE_STAGE';

  constructor(
    /** The stage in words, e.g. `toUpperCase`. */
    readonly stage: string,
    spec: ProcessSpec,
    cause: unknown,
  ) {
    super(`The in-process stage "${stage}" of the pipeline failed: ${messageOf(cause)}`, spec, {
      cause,
    });
  }
}
