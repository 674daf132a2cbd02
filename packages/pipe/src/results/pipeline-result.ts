import {
  ProcessError,
  type ProcError,
  type ProcessResultJson,
  type ProcessSpec,
  type ThrowCallback,
} from '@proc/core';
import { RecordedResult, type ResultRecord } from '@proc/core/internal';
import { PipelineFailedError } from '../errors/pipeline-failed-error.js';
import { BranchedResult, type BranchResults } from './branched-result.js';
import type { StageResult } from './stage-result.js';

/** What a pipeline's result has besides the facts of a result. */
export interface PipelineFacts {
  readonly spec: ProcessSpec;
  readonly stages: readonly StageResult[];
  readonly failedStage: StageResult | undefined;
}

/** A pipeline's result as plain data. */
export interface PipelineResultJson extends ProcessResultJson {
  readonly stages: readonly {
    readonly key: string | number;
    readonly command: string;
    readonly exitCode: number | null;
    readonly signal: NodeJS.Signals | null;
    readonly bytesIn: number | null;
    readonly bytesOut: number | null;
    readonly durationMs: number;
  }[];
}

/**
 * How a pipeline ended: the result of the stage that failed, else that of the last one, and the results of all stages
 * that ran.
 */
export class PipelineResult extends RecordedResult {
  /** The stages that ran, in order. */
  readonly stages: readonly StageResult[];
  /** The stage that made the pipeline fail. */
  readonly failedStage: StageResult | undefined;

  /** @internal */
  constructor(record: ResultRecord, facts: PipelineFacts) {
    super(record, facts.spec);
    this.stages = facts.stages;
    this.failedStage = facts.failedStage;
    // What a rejected run rejects with leads to all stages.
    if (ProcessError.is(record.error)) {
      Reflect.defineProperty(record.error, 'result', { value: this });
    }
  }

  /** The stage of a key: its name, or its position; `undefined` when it did not run. */
  stage(key: string | number): StageResult | undefined {
    return this.stages.find((stage, index) => stage.key === key || index === key);
  }

  /** The results of all branches, by their keys, those of earlier stages first. */
  get branches(): BranchResults {
    return new Map(
      this.stages.flatMap(({ result }) =>
        result instanceof BranchedResult ? [...result.branches] : [],
      ),
    );
  }

  /** The result of the branch of a key; `undefined` when it did not run. */
  branch(key: string): PipelineResult | undefined {
    return this.branches.get(key);
  }

  /** Key of the branch that made {@link failedStage} fail; `undefined` where that has no branches, or none failed. */
  get failedBranch(): string | undefined {
    const result = this.failedStage?.result;
    return result instanceof BranchedResult ? result.failedBranch : undefined;
  }

  /** Same as {@link throw}. */
  throwIfFailed(callback?: ThrowCallback): this {
    return this.throw(callback);
  }

  /** The result as plain data without secrets, with a summary of each stage. */
  override toJSON(): PipelineResultJson {
    const stages = this.stages.map(({ key, result, bytesIn, bytesOut, durationMs }) => {
      const { command, exitCode, signal } = result;
      return { key, command, exitCode, signal, bytesIn, bytesOut, durationMs };
    });
    return { ...super.toJSON(), stages };
  }

  protected override failure(): ProcError {
    // What the run rejected with is thrown as it is, as any result does.
    return this.error ?? new PipelineFailedError(this, { cause: this.#stageError() });
  }

  #stageError(): unknown {
    const { failedBranch } = this;
    const failed =
      failedBranch === undefined ? this.failedStage?.result : this.branch(failedBranch);
    try {
      failed?.throw();
      return undefined;
    } catch (error) {
      return error;
    }
  }
}
