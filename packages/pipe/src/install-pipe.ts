import type { EventDispatcher, ProcessManager } from '@proc/core';
import type { PipelineDefinition, StageInput } from './collect-stages.js';
import { PipelineFactory } from './pipeline-factory.js';
import type { Pipeline } from './pipeline.js';
import type { PipelineMode, PipelineOptions } from './pipeline-options.js';

declare module '@proc/core' {
  interface ProcessManager {
    /**
     * Commands and functions, each working on the output of the one before.
     *
     * @example
     * ```ts
     * const result = await processes.pipe(['cat file.txt', 'sort', 'uniq -c']).run();
     * ```
     * @throws {@link InvalidArgumentError} without stages, and for what can not be one
     */
    pipe(
      definition: PipelineDefinition | readonly StageInput[],
      options?: PipelineOptions,
    ): Pipeline;
    /** Same as {@link pipe}. */
    pipeThrough(
      definition: PipelineDefinition | readonly StageInput[],
      options?: PipelineOptions,
    ): Pipeline;
  }

  interface EntryBuilder {
    /** Adds a pipeline. */
    pipeThrough(
      definition: PipelineDefinition | readonly StageInput[],
      options?: PipelineOptions,
    ): Pipeline;
  }
}

/** Defaults for the pipelines of a manager. */
export interface PipeDefaults {
  readonly mode?: PipelineMode | undefined;
}

/**
 * Gives a manager its `pipe` and `pipeThrough` without an `Application`, and its pools and pipelines the verb
 * `pipeThrough`; with an application, register {@link PipeServiceProvider} instead.
 *
 * @param events - hears of all pipelines
 */
export function installPipe(
  manager: ProcessManager,
  events?: EventDispatcher,
  defaults: PipeDefaults = {},
): PipelineFactory {
  const factory = new PipelineFactory({ manager, events: () => events, mode: defaults.mode });
  addPipeMacros(manager, factory);
  return factory;
}

/** Lets a manager make its pipelines with a factory. */
export function addPipeMacros(manager: ProcessManager, factory: PipelineFactory): void {
  const make = (
    definition: PipelineDefinition | readonly StageInput[],
    options?: PipelineOptions,
  ): Pipeline => factory.pipe(definition, options);
  manager.macro('pipe', make);
  manager.macro('pipeThrough', make);
  manager.entryMacro('pipeThrough', make);
}
