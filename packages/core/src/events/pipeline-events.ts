import type { ProcessResult } from '../contracts/process-result.js';
import { ProcEvent } from './proc-event.js';

/** An event in the life of a pipeline. */
export abstract class PipelineEvent extends ProcEvent {
  constructor(readonly pipelineId: string) {
    super();
  }
}

/** A pipeline begins. */
export class PipelineStarted extends PipelineEvent {
  override readonly name = 'PipelineStarted';
}

/** A stage of a pipeline has ended. */
export class StageCompleted extends PipelineEvent {
  override readonly name = 'StageCompleted';

  constructor(
    pipelineId: string,
    readonly key: string | number,
    readonly result: ProcessResult,
  ) {
    super(pipelineId);
  }
}

/** All stages of a pipeline have ended. */
export class PipelineCompleted extends PipelineEvent {
  override readonly name = 'PipelineCompleted';

  constructor(
    pipelineId: string,
    readonly result: ProcessResult,
  ) {
    super(pipelineId);
  }
}
