import type { ProcessSpec } from '@proc/core';
import { RecordedResult, type ResultRecord } from '@proc/core/internal';
import type { PipelineResult } from './pipeline-result.js';

/** The results of branches, by their keys. */
export type BranchResults = ReadonlyMap<string, PipelineResult>;

/** The result of a stage that is made of branches. */
export class BranchedResult extends RecordedResult {
  readonly branches: BranchResults;

  constructor(record: ResultRecord, spec: ProcessSpec, branches: BranchResults) {
    super(record, spec);
    this.branches = branches;
  }

  /** Key of the branch that made the stage fail; `undefined` when none did. */
  get failedBranch(): string | undefined {
    if (this.successful()) return undefined;
    const failed = [...this.branches].filter(([, result]) => result.failed());
    // After an error the others were ended; without one the last counts, as in a pipeline.
    const blamed = failed.find(([, { error }]) => error !== null && error === this.error);
    return (blamed ?? failed.at(-1))?.[0];
  }
}
