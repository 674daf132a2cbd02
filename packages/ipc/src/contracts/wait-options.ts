import type { Duration } from '@proc/core';

/** How long a call may wait. */
export interface WaitOptions {
  /** Default: without limit. With 0 it is decided at once. */
  readonly timeout?: Duration | undefined;
  /** Gives the call up. What the hub had granted before it heard of that is granted: nothing gets lost. */
  readonly signal?: AbortSignal | undefined;
}
