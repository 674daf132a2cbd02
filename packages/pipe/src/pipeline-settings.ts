import { InvalidArgumentError, type Clock } from '@proc/core';
import { parseDuration, systemClock } from '@proc/core/internal';
import { describeStages, type PipelineStage } from './described-stage.js';
import { knownMode, knownPolicy } from './known-words.js';
import type { PipelineOptions } from './pipeline-options.js';
import type { PipelinePlan } from './run/pipeline-plan.js';
import { shellLine } from './shell-line.js';
import { BranchStage } from './stages/branch-stage.js';
import {
  planStages,
  refuseForeignStderr,
  requireStderrMode,
  stageFingerprint,
  type StageEntry,
  type StderrMode,
} from './stages/stage-entry.js';
import { isPath, requireTeeTarget, type FileTarget, type TeeTarget } from './streams/tee.js';

type Settings = Omit<PipelinePlan, 'line' | 'stages' | 'clock'>;

/** What a pipeline has been told, up to now. */
export class PipelineSettings {
  readonly stages: readonly StageEntry[];
  #settings: Settings = {
    mode: 'sequential',
    pipefail: 'tolerant',
    timeoutMs: null,
    signals: [],
    input: undefined,
    interactive: false,
    tees: [],
    file: undefined,
  };
  #stderrToStdin: StderrMode | undefined;

  /** @throws {@link InvalidArgumentError} for an option that there is not, or that can not have its value */
  constructor(stages: readonly StageEntry[], options: PipelineOptions) {
    this.stages = stages;
    this.apply(options);
  }

  /** Takes what needs no check. */
  change(settings: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** @throws {@link InvalidArgumentError} for an option that there is not, or that can not have its value */
  apply({ mode, pipefail, timeout, signal, input, ...rest }: PipelineOptions): void {
    const [unknown] = Object.keys(rest);
    if (unknown !== undefined) {
      throw new InvalidArgumentError(`A pipeline has no option "${unknown}".`);
    }
    if (mode !== undefined) this.change({ mode: knownMode(mode) });
    if (pipefail !== undefined) this.change({ pipefail: knownPolicy(pipefail) });
    if (timeout !== undefined) {
      const timeoutMs = timeout === null ? null : parseDuration(timeout, 'timeout') || null;
      this.change({ timeoutMs });
    }
    if (signal !== undefined) this.change({ signals: [...this.#settings.signals, signal] });
    if (input !== undefined) this.change({ input });
  }

  /** @throws {@link InvalidArgumentError} for what can not get a copy */
  addTee(target: TeeTarget): void {
    requireTeeTarget(target);
    this.change({ tees: [...this.#settings.tees, target] });
  }

  /** @throws {@link InvalidArgumentError} for what is no path */
  writeTo(file: FileTarget): void {
    if (!isPath(file.path)) throw new InvalidArgumentError('to() takes a path or a file URL.');
    this.change({ file });
  }

  /** @throws {@link InvalidArgumentError} for another mode, and when one of the stages has no stderr */
  handStderrOn(mode: StderrMode): void {
    requireStderrMode(mode);
    refuseForeignStderr(this.stages);
    this.#stderrToStdin = mode;
  }

  described(): readonly PipelineStage[] {
    return describeStages(this.stages, this.#stderrToStdin);
  }

  /** All of it, frozen for one run. */
  plan(clock: Clock = systemClock): PipelinePlan {
    const { mode, pipefail, file } = this.#settings;
    const stages = planStages(this.stages, this.#stderrToStdin).map((stage) =>
      stage.entry instanceof BranchStage
        ? { ...stage, entry: stage.entry.within({ mode, pipefail }) }
        : stage,
    );
    const tees = [...(stages.at(-1)?.tees ?? []), ...this.#settings.tees];
    return { ...this.#settings, stages, tees, line: shellLine(stages, { tees, file }), clock };
  }

  /** See {@link Pipeline.fingerprint}. */
  fingerprint(): unknown {
    const { mode, pipefail, input, stages } = this.plan();
    return {
      stages: stages.map(stageFingerprint),
      mode,
      pipefail,
      input: typeof input === 'string' ? input : input === undefined ? null : typeof input,
    };
  }
}
