import type { EventDispatcher, Launched, ProcessManager } from '@proc/core';
import { Roster } from '@proc/core/internal';
import { collectStages, type PipelineDefinition, type StageInput } from './collect-stages.js';
import { Pipeline } from './pipeline.js';
import type { PipelineResult } from './results/pipeline-result.js';
import type { StageEntry } from './stages/stage-entry.js';
import type { PipelineMode, PipelineOptions } from './pipeline-options.js';

/** What pipelines are made with. */
export interface PipelineFactoryParts {
  readonly manager: ProcessManager;
  /** Hears of all pipelines; asked for anew for each run. */
  readonly events?: (() => EventDispatcher | undefined) | undefined;
  /** How pipelines run that say nothing themselves; default `sequential`. */
  readonly mode?: PipelineMode | undefined;
}

/** Makes pipelines: what `processes.pipe(…)` calls. Bound as `process.pipe`. */
export class PipelineFactory {
  readonly #parts: PipelineFactoryParts;
  readonly #running = new Roster<Launched<PipelineResult>>();

  constructor(parts: PipelineFactoryParts) {
    this.#parts = parts;
  }

  /** @throws {@link InvalidArgumentError} without stages, and for what can not be one */
  pipe(
    definition: PipelineDefinition | readonly StageInput[],
    options: PipelineOptions = {},
  ): Pipeline {
    const { events, manager, mode } = this.#parts;
    const stages = this.#stages(definition);
    return new Pipeline(stages, options, {
      events,
      mode,
      clock: () => manager.clock,
      onRun: this.#track,
    });
  }

  /** Stops every pipeline that runs. */
  async stop(): Promise<void> {
    await Promise.all([...this.#running].map((run) => run.stop()));
  }

  #stages(definition: PipelineDefinition | readonly StageInput[]): readonly StageEntry[] {
    const { manager, events } = this.#parts;
    return collectStages(manager, definition, (branch) => {
      const stages = this.#stages(branch);
      return (options) => new Pipeline(stages, options, { events });
    });
  }

  readonly #track = (run: Launched<PipelineResult>): void => {
    void run.outcome.then(this.#running.enter(run));
  };
}
