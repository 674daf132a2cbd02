import { InvalidArgumentError, type Clock } from '@proc/core';
import {
  isAbortSignal,
  parseDuration,
  processOptionHint,
  readObject,
  systemClock,
} from '@proc/core/internal';
import { describeStages, type PipelineStage } from './described-stage.js';
import { knownMode, knownPolicy } from './known-words.js';
import type { PipelineMode, PipelineOptions } from './pipeline-options.js';
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
import {
  isPath,
  requireTeeTarget,
  teeFingerprint,
  type FileTarget,
  type TeeTarget,
} from './streams/tee-target.js';

/** The keys of {@link PipelineOptions}. */
const OPTIONS: readonly (keyof PipelineOptions)[] = [
  'mode',
  'pipefail',
  'timeout',
  'signal',
  'input',
];

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

  /**
   * @param mode - where the options say nothing
   * @throws {@link InvalidArgumentError} for an option that there is not, or that can not have its value
   */
  constructor(stages: readonly StageEntry[], options: PipelineOptions, mode?: PipelineMode) {
    this.stages = stages;
    if (mode !== undefined) this.change({ mode: knownMode(mode) });
    this.apply(options);
  }

  /** Takes what needs no check. */
  change(settings: Partial<Settings>): void {
    this.#settings = { ...this.#settings, ...settings };
  }

  /** @throws {@link InvalidArgumentError} for an option that there is not, or that can not have its value */
  apply(options: PipelineOptions): void {
    const what = 'The options of a pipeline are given as';
    if (typeof options === 'function') {
      throw new InvalidArgumentError(
        `${what} an object. An output callback goes to run(), or to start().`,
      );
    }
    const { mode, pipefail, timeout, signal, input } = readObject(options, what, OPTIONS, (key) =>
      processOptionHint(key, 'stage'),
    );
    if (mode !== undefined) this.change({ mode: knownMode(mode) });
    if (pipefail !== undefined) this.change({ pipefail: knownPolicy(pipefail) });
    if (timeout !== undefined) {
      const timeoutMs = timeout === null ? null : parseDuration(timeout, 'timeout') || null;
      this.change({ timeoutMs });
    }
    if (signal !== undefined) this.addSignal(signal);
    if (input !== undefined) this.change({ input });
  }

  /** @throws {@link InvalidArgumentError} for what is none */
  addSignal(signal: AbortSignal): void {
    if (!isAbortSignal(signal)) throw new InvalidArgumentError('abortWith takes an AbortSignal.');
    this.change({ signals: [...this.#settings.signals, signal] });
  }

  /** @throws {@link InvalidArgumentError} for what can not get a copy */
  addTee(target: TeeTarget): void {
    requireTeeTarget(target);
    this.change({ tees: [...this.#settings.tees, target] });
  }

  /** @throws {@link InvalidArgumentError} for what is no path, and for an option that there is not */
  writeTo(
    path: FileTarget['path'],
    options: { readonly append?: FileTarget['append'] | undefined },
  ): void {
    if (!isPath(path)) throw new InvalidArgumentError('to() takes a path or a file URL.');
    const { append = false } = readObject(options, 'The options of to() are given as', ['append']);
    if (typeof append !== 'boolean') {
      throw new InvalidArgumentError('The option append of to() is true or false.');
    }
    this.change({ file: { path, append } });
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
    const { mode, pipefail, input, stages, file } = this.plan();
    const { tees } = this.#settings;
    return {
      stages: stages.map(stageFingerprint),
      mode,
      pipefail,
      input: typeof input === 'string' ? input : input === undefined ? null : typeof input,
      ...(tees.length === 0 ? {} : { tees: tees.map(teeFingerprint) }),
      ...(file === undefined ? {} : { file: { ...file, path: teeFingerprint(file.path) } }),
    };
  }
}
