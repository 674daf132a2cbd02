import type { Launchable, Launched, LaunchContext } from '@proc/core';
import type { PipelineOptions } from '../pipeline-options.js';
import type { PipelineResult } from '../results/pipeline-result.js';
import { branchBody } from './branch-body.js';
import { StageRun } from './stage-run.js';

/** Makes the pipeline of a branch. */
export type MakeBranch = (options: PipelineOptions) => Launchable<PipelineResult>;

/** A stage whose input goes to several pipelines: what {@link PipelineBuilder.branch} adds. */
export class BranchStage implements Launchable {
  readonly #makers: ReadonlyMap<string, MakeBranch>;
  readonly #branches: ReadonlyMap<string, Launchable<PipelineResult>>;

  /** @param options - those of the pipeline that it is a stage of */
  constructor(makers: ReadonlyMap<string, MakeBranch>, options: PipelineOptions = {}) {
    this.#makers = makers;
    this.#branches = new Map([...makers].map(([key, make]) => [key, make(options)]));
  }

  get keys(): readonly string[] {
    return [...this.#makers.keys()];
  }

  /** The same, as it runs in a pipeline with these options. */
  within(options: PipelineOptions): BranchStage {
    return new BranchStage(this.#makers, options);
  }

  launch(context: LaunchContext = {}): Launched {
    const results = new Map<string, PipelineResult>();
    const body = branchBody(this.#branches, results);
    return new StageRun('branch', this.toString(), body, context, results);
  }

  fingerprint(): unknown {
    return {
      branch: [...this.#branches].map(([key, branch]) => [key, branch.fingerprint?.()]),
    };
  }

  /** As bash would do it, which mixes the outputs. */
  toString(): string {
    return `tee ${[...this.#branches.values()].map((branch) => `>(${String(branch)})`).join(' ')} >/dev/null`;
  }
}
