import { InvalidArgumentError, type EntryInput, type ProcessManager } from '@proc/core';
import { EntryList } from '@proc/core/internal';
import type { Duplex } from 'node:stream';
import type { TransformStream } from 'node:stream/web';
import type { PipelineBuilder } from './pipeline-builder.js';
import { isStageSource } from './stages/create-body.js';
import type { StageFunction, ThroughOptions } from './stages/stage-function.js';
import {
  refuseWithoutStderr,
  requireStderrMode,
  type StageEntry,
  type StderrMode,
} from './stages/stage-entry.js';
import { ThroughStage } from './stages/through-stage.js';

/** One stage of a list: a command, a command with options, something to launch, or what `through` takes. */
export type StageInput = EntryInput | StageFunction<string> | Duplex | TransformStream;

/** Adds the stages to a builder, synchronously. What it returns is ignored. */
export type PipelineDefinition = (pipe: PipelineBuilder) => unknown;

/**
 * The stages of a pipeline, from a callback or a list.
 *
 * @throws {@link InvalidArgumentError} when there are none, a key is taken, or something can not be a stage
 */
export function collectStages(
  manager: ProcessManager,
  definition: PipelineDefinition | readonly StageInput[],
): readonly StageEntry[] {
  const list = new EntryList(manager, 'pipeline');
  const modes = new Map<number, StderrMode>();
  if (typeof definition === 'function') {
    refusePromise(definition(withVerbs(list, modes)));
  } else if (Array.isArray(definition)) {
    for (const input of definition as readonly StageInput[]) addStage(list, input);
  } else {
    throw new InvalidArgumentError('A pipeline is made from a callback or a list of stages.');
  }
  if (list.entries.length === 0) {
    throw new InvalidArgumentError('A pipeline needs at least one stage.');
  }
  const stages = list.entries.map((keyed, index) => ({
    ...keyed,
    stderrToStdin: modes.get(index),
  }));
  refuseWithoutStderr(stages);
  return stages;
}

function withVerbs(list: EntryList, modes: Map<number, StderrMode>): PipelineBuilder {
  const { builder } = list;
  return Object.defineProperties(builder, {
    through: {
      value: (stage: unknown, options?: ThroughOptions) =>
        list.add(new ThroughStage(stage, options)),
    },
    stderrToStdin: {
      value: (mode: StderrMode = 'both') => {
        requireStderrMode(mode);
        if (list.entries.length === 0) {
          throw new InvalidArgumentError('stderrToStdin() goes after the stage that it is about.');
        }
        modes.set(list.entries.length - 1, mode);
        return builder;
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
