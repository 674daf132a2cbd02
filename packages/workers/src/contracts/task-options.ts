import type { Duration } from '@proc/core';

/** Why an attempt failed: its function threw, its worker died, or it took too long. */
export type TaskFailure = 'error' | 'crash' | 'timeout';

/** Whether and when a task is tried again. */
export interface TaskRetryOptions {
  /** Further attempts after the first. */
  readonly times: number;
  /** Wait before a further attempt; default 0. */
  readonly delay?: Duration | undefined;
  /** Multiplies the delay after each attempt; default 1. */
  readonly factor?: number | undefined;
  /** Which failures count; default: all. */
  readonly on?: readonly TaskFailure[] | undefined;
  /** Decides as well; `attempt` is the one that failed, from 1. */
  readonly when?: ((error: Error, attempt: number) => boolean) | undefined;
}

/** How one task is run. */
export interface TaskOptions {
  /** For messages and events; default: the function's name. */
  readonly name?: string | undefined;
  /**
   * How long one attempt may run, from the moment it begins. Then it is asked to end, and after `grace` ended. An
   * attempt that its worker does not even begin, or load the module of, has failed after both.
   */
  readonly timeout?: Duration | undefined;
  /** How long it may wait until it begins, also in a worker. When that is over, it never runs. */
  readonly queueTimeout?: Duration | undefined;
  /** How long it may take in all, from now: waiting, running and retries. */
  readonly deadline?: Duration | undefined;
  /** How long it may take to end after it was asked to; default: the pool's. 0 ends its worker at once. */
  readonly grace?: Duration | undefined;
  /** Higher ones first; default 0. Waiting makes up for a lower one in time, see `ageing`. */
  readonly priority?: number | undefined;
  /** Tasks with the same key run in the same worker, as long as it lives. */
  readonly key?: string | undefined;
  /** Cancels the task. */
  readonly signal?: AbortSignal | undefined;
  /** A number of further attempts, or a rule; default: none. */
  readonly retry?: number | TaskRetryOptions | undefined;
  /** Receives what the task emits. */
  readonly onEmit?: ((value: unknown) => void) | undefined;
}
