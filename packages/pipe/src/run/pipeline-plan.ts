import type { Clock, InputSource } from '@proc/core';
import type { PipefailPolicy, PipelineMode } from '../pipeline-options.js';
import type { PlannedStage } from '../stages/stage-entry.js';
import type { FileTarget, TeeTarget } from '../streams/tee-target.js';

/** A pipeline, frozen for one run. */
export interface PipelinePlan {
  /** All of it as a shell line. */
  readonly line: string;
  readonly stages: readonly PlannedStage[];
  readonly mode: PipelineMode;
  readonly pipefail: PipefailPolicy;
  /** `null` means none. */
  readonly timeoutMs: number | null;
  readonly signals: readonly AbortSignal[];
  /** `undefined` leaves the first stage its own. */
  readonly input: InputSource | undefined;
  readonly interactive: boolean;
  readonly tees: readonly TeeTarget[];
  /** Gets the final output in place of the result. */
  readonly file: FileTarget | undefined;
  /** What its time goes by. */
  readonly clock: Clock;
}
