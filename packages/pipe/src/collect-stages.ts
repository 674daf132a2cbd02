import { InvalidArgumentError, type EntryInput, type ProcessManager } from '@proc/core';
import { EntryList, showValue } from '@proc/core/internal';
import type { Duplex } from 'node:stream';
import type { TransformStream } from 'node:stream/web';
import type { PipelineBuilder } from './pipeline-builder.js';
import { BranchStage, type MakeBranch } from './stages/branch-stage.js';
import { isStageSource } from './stages/create-body.js';
import type { StageFunction, ThroughOptions } from './stages/stage-function.js';
import {
  refuseWithoutStderr,
  requireStderrMode,
  type StageEntry,
  type StderrMode,
} from './stages/stage-entry.js';
import { requireTeeTarget, type TeeTarget } from './streams/tee-target.js';
import { ThroughStage } from './stages/through-stage.js';

/** One stage of a list: a command, a command with options, something to launch, or what `through` takes. */
export type StageInput = EntryInput | StageFunction<string> | Duplex | TransformStream;

/** Adds the stages to a builder, synchronously. What it returns is ignored. */
export type PipelineDefinition = (pipe: PipelineBuilder) => unknown;

/** Makes the pipeline of a branch from what describes it. */
type BranchMaker = (definition: PipelineDefinition | readonly StageInput[]) => MakeBranch;

/**
 * The stages of a pipeline, from a callback or a list.
 *
 * @throws {@link InvalidArgumentError} when there are none, a key is taken, or something can not be a stage
 */
export function collectStages(
  manager: ProcessManager,
  definition: PipelineDefinition | readonly StageInput[],
  makeBranch: BranchMaker,
): readonly StageEntry[] {
  const list = new EntryList(manager, 'pipeline');
  const said = new Map<number, SaidOfStage>();
  if (typeof definition === 'function') {
    refusePromise(definition(withVerbs(list, said, makeBranch)));
  } else if (Array.isArray(definition)) {
    for (const input of definition as readonly StageInput[]) addStage(list, input);
  } else {
    throw new InvalidArgumentError(
      `A pipeline is made from a callback or a list of stages, but this was given: ${showValue(definition)}.`,
    );
  }
  if (list.entries.length === 0) {
    throw new InvalidArgumentError('A pipeline needs at least one stage.');
  }
  const stages = list.entries.map((keyed, index) => ({
    ...keyed,
    ...said.get(index),
  }));
  refuseWithoutStderr(stages);
  refuseSameBranches(stages);
  if (stages[0]?.entry instanceof BranchStage) {
    throw new InvalidArgumentError('branch() goes after the stage whose output its branches read.');
  }
  return stages;
}

/** The result has all branches by their keys: of two with the same one would be lost. */
function refuseSameBranches(stages: readonly StageEntry[]): void {
  const keys = stages.flatMap(({ entry }) => (entry instanceof BranchStage ? entry.keys : []));
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined)
    throw new InvalidArgumentError(`There is a branch "${twice}" in this pipeline already.`);
}

/** What the callback says of a stage that it has added. */
type SaidOfStage = Pick<StageEntry, 'stderrToStdin' | 'tees'>;

function withVerbs(
  list: EntryList,
  said: Map<number, SaidOfStage>,
  makeBranch: BranchMaker,
): PipelineBuilder {
  const { builder } = list;
  const say = (verb: string, what: (before: SaidOfStage) => SaidOfStage): PipelineBuilder => {
    const index = list.entries.length - 1;
    if (index < 0) {
      throw new InvalidArgumentError(`${verb}() goes after the stage that it is about.`);
    }
    const before = said.get(index) ?? {};
    said.set(index, { ...before, ...what(before) });
    return builder as PipelineBuilder;
  };
  return Object.defineProperties(builder, {
    through: {
      value: (stage: unknown, options?: ThroughOptions) =>
        list.add(new ThroughStage(stage, options)),
    },
    stderrToStdin: {
      value: (mode: StderrMode = 'both') => {
        requireStderrMode(mode);
        return say('stderrToStdin', () => ({ stderrToStdin: mode }));
      },
    },
    branch: {
      value: (
        branches: Readonly<Record<string, PipelineDefinition | readonly StageInput[]>> | undefined,
      ) => {
        const given = Object.entries(branches ?? {});
        if (given.length === 0)
          throw new InvalidArgumentError('branch() takes { key: stages, … }.');
        const makers = given.map(([key, stages]) => [key, makeBranch(stages)] as const);
        list.add(new BranchStage(new Map(makers)));
        return builder;
      },
    },
    tee: {
      value: (target: TeeTarget) => {
        requireTeeTarget(target);
        return say('tee', ({ tees = [] }) => ({ tees: [...tees, target] }));
      },
    },
  }) as PipelineBuilder;
}

function addStage(list: EntryList, input: StageInput): void {
  if (isStageSource(input)) list.add(new ThroughStage(input));
  else list.addInput(input as EntryInput);
}

/** Stages added after an `await` would come too late. */
function refusePromise(returned: unknown): void {
  if (typeof returned !== 'object' || returned === null || !('then' in returned)) return;
  void Promise.resolve(returned).catch(() => undefined);
  throw new InvalidArgumentError('The callback of a pipeline must not be asynchronous.');
}
