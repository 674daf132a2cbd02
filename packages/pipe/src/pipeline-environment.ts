import type { EventDispatcher, Launched } from '@proc/core';
import type { PipelineResult } from './results/pipeline-result.js';

/** What a pipeline is told by those who make it. */
export interface PipelineEnvironment {
  /** Hears of the pipeline; asked for anew for each run. */
  readonly events?: (() => EventDispatcher | undefined) | undefined;
  /** Called with each run, as soon as it has been launched. */
  readonly onRun?: ((run: Launched<PipelineResult>) => void) | undefined;
}
