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
}
