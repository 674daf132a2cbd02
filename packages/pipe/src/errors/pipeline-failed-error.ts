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

/** Where in a stage something failed, for a message. */
interface Place {
  readonly where: string;
  readonly failed: ProcessResult;
}

function messageFor(result: PipelineResult): string {
  const { failedStage } = result;
  if (failedStage === undefined) {
    return `The pipeline "${result.command}" failed: it was stopped before its last stage had run.`;
  }
  const position = result.stages.indexOf(failedStage) + 1;
  const name = typeof failedStage.key === 'string' ? ` ("${failedStage.key}")` : '';
  const stage = `stage ${position}${name} of the pipeline "${result.command}"`;
  const { where, failed } = placeOf(result, failedStage.result);
  const what = `At ${where}${stage}: the command "${failed.command}" ${endingOf(failed)}.`;
  const stderr = tail(failedStage.result.toJSON().stderr);
  return stderr === '' ? what : `${what}\nError output:\n${stderr}`;
}

/** A stage of branches is no command: what failed is in one of them. */
function placeOf(result: PipelineResult, stage: ProcessResult): Place {
  const { failedBranch } = result;
  const branch = failedBranch === undefined ? undefined : result.branch(failedBranch);
  if (branch === undefined) return { where: '', failed: stage };
  const inner = branch.failedStage?.result;
  const within = inner === undefined ? { where: '', failed: branch } : placeOf(branch, inner);
  return { where: `${within.where}branch "${failedBranch ?? ''}" of `, failed: within.failed };
}

function endingOf({ exitCode, signal, exitText }: ProcessResult): string {
  if (signal !== null) return `was ended by ${signal} (${exitText})`;
  return exitCode === null ? 'did not end' : `failed with exit code ${exitCode} (${exitText})`;
}
