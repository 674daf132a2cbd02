import type { EventDispatcher, Launchable } from '@proc/core';
import { Pipeline } from '../../src/pipeline.js';
import type { PipelineOptions } from '../../src/pipeline-options.js';

/** A pipeline of launchables; names in the form of an object, positions in the form of a list. */
export function pipelineOf(
  stages: readonly Launchable[] | Readonly<Record<string, Launchable>>,
  options: PipelineOptions = {},
  events?: EventDispatcher,
): Pipeline {
  const keyed = Array.isArray(stages)
    ? stages.map((entry: Launchable, key) => ({ key, entry }))
    : Object.entries(stages).map(([key, entry]) => ({ key, entry }));
  // Its constructor is not declared.
  return Reflect.construct(Pipeline, [keyed, options, { events: () => events }]) as Pipeline;
}
