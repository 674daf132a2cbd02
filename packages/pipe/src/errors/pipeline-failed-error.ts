import { ProcError, type ProcessResult } from '@proc/core';
import { tail } from '@proc/core/internal';
import type { PipelineResult } from '../results/pipeline-result.js';
import type { StageResult } from '../results/stage-result.js';

/**
 * A stage of a pipeline exited with a non-zero code or was ended by a signal; thrown by the `throw` methods of the
 * pipeline's result, never by a run. `cause` is the stage's own error.
 */
export class PipelineFailedError extends ProcError {
  readonly code = 'ERR_PROC_PIPELINE_FAILED';
  /** Every stage that ran. Not enumerable, like the result, so that a logged error stays readable. */
  declare readonly stages: readonly StageResult[];
  /** `undefined` when the pipeline was stopped between two stages. */
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
  const { failedStage } = result;
  if (failedStage === undefined) {
    return `The pipeline "${result.command}" failed: it was stopped before its last stage had run.`;
  }
  const position = result.stages.indexOf(failedStage) + 1;
  const name = typeof failedStage.key === 'string' ? ` ("${failedStage.key}")` : '';
  const stage = `stage ${position}${name} of the pipeline "${result.command}"`;
  const what = `At ${stage}: the command "${failedStage.result.command}" ${endingOf(failedStage.result)}.`;
  const stderr = tail(failedStage.result.toJSON().stderr);
  return stderr === '' ? what : `${what}\nError output:\n${stderr}`;
}

function endingOf({ exitCode, signal, exitText }: ProcessResult): string {
  if (signal !== null) return `was ended by ${signal} (${exitText})`;
  return exitCode === null ? 'did not end' : `failed with exit code ${exitCode} (${exitText})`;
}
