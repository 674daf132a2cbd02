import type { Duration, ProcError, TerminationReason } from '@proc/core';

/** Why a pipeline ended before all of its stages had ended by themselves. */
export interface Interruption {
  readonly reason: TerminationReason;
  /** What the pipeline's result holds; `null` where it was only stopped. */
  readonly error: ProcError | null;
  /** Index of the stage to blame: the one that failed, else the first one that still ran. */
  readonly stage: number | undefined;
}

/** How the stages are ended; what is not given is left to them. */
export interface StopRequest {
  readonly grace?: Duration | undefined;
  readonly signal?: NodeJS.Signals | number | undefined;
}
