import type { Duration } from '@proc/core';

/** How a pool is closed. */
export interface CloseOptions {
  /** What becomes of tasks that wait: they run (the default), or are rejected. Tasks that run end in any case. */
  readonly queued?: 'run' | 'reject' | undefined;
  /** How long that may take; default 30 s. Then workers are ended. */
  readonly timeout?: Duration | undefined;
  /** Ends workers at once; also while the pool is being closed. */
  readonly force?: boolean | undefined;
}

/** How a pool was closed. */
export interface CloseReport {
  /** Tasks that were rejected since the pool was closed. */
  readonly rejected: number;
  /** Numbers of the workers that had to be ended: for a task, or for a `teardown`, that did not end. */
  readonly forced: readonly number[];
}
