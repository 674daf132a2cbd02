import { ProcError, tail, type ProcessResult } from '@proc/core';
import type { PipelineResult } from '../results/pipeline-result.js';
import type { StageResult } from '../results/stage-result.js';

/**
 * A pipeline failed; thrown by the `throw` methods of its result. `cause` is the typed error of the stage that failed,
 * or of the pipeline where it timed out or was cancelled as a whole.
 */
export class PipelineFailedError extends ProcError {
  readonly code = 'ERR_PROC_PIPELINE_FAILED';
  /** Every stage that ran. Not enumerable, like the result, so that a logged error stays readable. */
  declare readonly stages: readonly StageResult[];
  /** `undefined` when the pipeline ended before a stage ran. */
  declare readonly failedStage: StageResult | undefined;
  declare readonly result: PipelineResult;

  constructor(result: PipelineResult, options?: ErrorOptions) {
    super(messageFor(result), options);
    const { stages, failedStage } = result;
    for (const [name, value] of Object.entries({ result, stages, failedStage })) {
      Object.defineProperty(this, name, { value, enumerable: false });
    }
  }
}

function messageFor(result: PipelineResult): string {
  const { failedStage, error } = result;
  if (failedStage === undefined) {
    const what = error?.message ?? 'it was stopped before its last stage had run.';
    return `The pipeline "${result.command}" failed: ${what}`;
  }
  const position = result.stages.indexOf(failedStage) + 1;
  const name = typeof failedStage.key === 'string' ? ` ("${failedStage.key}")` : '';
  const stage = `stage ${position}${name} of the pipeline "${result.command}"`;
  if (error !== null) return `At ${stage}: ${error.message}`;
  const what = `At ${stage}: the command "${failedStage.result.command}" ${endingOf(failedStage.result)}.`;
  const stderr = tail(failedStage.result.toJSON().stderr);
  return stderr === '' ? what : `${what}\nError output:\n${stderr}`;
}

function endingOf({ exitCode, signal, exitText }: ProcessResult): string {
  if (signal !== null) return `was ended by ${signal} (${exitText})`;
  return exitCode === null ? 'did not end' : `failed with exit code ${exitCode} (${exitText})`;
}
