import type { Clock, EventDispatcher, Launched } from '@proc/core';
import type { PipelineMode } from './pipeline-options.js';
import type { PipelineResult } from './results/pipeline-result.js';

/** What a pipeline is told by those who make it. */
export interface PipelineEnvironment {
  /** Hears of the pipeline; asked for anew for each run. */
  readonly events?: (() => EventDispatcher | undefined) | undefined;
  /** What each run goes by; default: the system's clock. */
  readonly clock?: (() => Clock) | undefined;
  /** How it runs where its options say nothing; default `sequential`. */
  readonly mode?: PipelineMode | undefined;
  /** Called with each run, as soon as it has been launched. */
  readonly onRun?: ((run: Launched<PipelineResult>) => void) | undefined;
}
