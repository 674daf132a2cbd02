import type { Ipc } from '@proc/ipc/client';

/** What a task finds in the worker: the last argument of its function. Its parts work by themselves too: `{ emit }`. */
export interface TaskContext {
  readonly taskId: string;
  /** Number of the worker in its pool; a replacement has another. */
  readonly workerId: number;
  /** 1, unless the task is tried again. */
  readonly attempt: number;
  /** How many pools this worker is inside of; 1 in a worker of the main program. */
  readonly depth: number;
  /** Aborts when the task is cancelled or takes too long. Whoever returns soon afterwards keeps the worker. */
  readonly signal: AbortSignal;
  /**
   * Whether {@link signal} has aborted. In a thread it is true at once, even for a loop that never lets go; in a
   * process such a loop hears of nothing.
   */
  readonly aborted: boolean;
  /** What `with` gave, see `ShippingOptions`. */
  readonly with: Readonly<Record<string, unknown>>;
  /** What the pool's `setup` returned in this worker. */
  readonly setup: unknown;
  /**
   * Queues, locks, values and so on, shared with the program and its other workers; see `@proc/ipc`. What a worker
   * holds is released when it is gone.
   */
  readonly ipc: Ipc;
  /** Loads as the file does in which the function was written. */
  readonly require: NodeJS.Require;
  /** The same for modules of either format. */
  readonly import: (specifier: string, options?: ImportCallOptions) => Promise<unknown>;
  /**
   * Sends a value to the handle of the task, in order and before the result.
   *
   * @throws {@link UncloneableValueError}
   */
  readonly emit: (value: unknown) => void;
  /** Receives what `handle.send()` sends. */
  readonly onMessage: (listener: (value: unknown) => void) => void;
}
