import type { Duration } from '@proc/core';
import type { ParallelPool } from './flow/parallel-pool.js';
import type { ShippingOptions } from '../functions/to-task-reference.js';

/** On what the work is done. */
export type WorkerType = 'process' | 'thread' | 'inline';

/** How far a run has come. */
export interface ParallelProgress {
  /** Items that are done, failed ones included. */
  readonly done: number;
  /** How many there are in all; undefined for what is pulled lazily. */
  readonly total: number | undefined;
}

/** How a function is run for many items at once. */
export interface ParallelOptions extends ShippingOptions {
  /** The kind of workers, in the pool that all share. Default: `process`; within a worker, that worker itself. */
  readonly type?: WorkerType;
  /** A pool to be used instead. */
  readonly pool?: ParallelPool;
  /** Most trips to workers at once. Default: one for each worker, and one more to be ready when the next is free. */
  readonly concurrency?: number;
  /** Items for each trip: so many, or as many as take some 25 ms (`auto`, the default). */
  readonly chunk?: number | 'auto';
  /** Most items that are pulled and whose results nobody has taken. Default: 4096. */
  readonly buffer?: number;
  /** Ends the run: what has not begun does not begin. */
  readonly signal?: AbortSignal;
  /** How long each item may take: milliseconds, or a text such as `'30s'`. With it, items travel one by one. */
  readonly timeout?: Duration;
  /** How often a trip is tried again after its worker was lost. Default: 0. */
  readonly retry?: number;
  /** Called after each trip. */
  readonly onProgress?: (progress: ParallelProgress) => void;
  /** Called with what the function gives to `ctx.emit`, and with the index of its item. */
  readonly onEmit?: (event: unknown, index: number) => void;
}

/** How `map` and `filter` hand on their results. */
export interface MapOptions extends ParallelOptions {
  /** Whether results come in the order of items; else as they are ready. Default: true. */
  readonly ordered?: boolean;
}

/** How `map` handles items that fail: each is there as what it came to. */
export interface SettleOptions extends MapOptions {
  /** `stop`, the default, ends with the first failure; `settle` goes on. */
  readonly onError: 'settle';
}

/** How `reduce` puts together what the workers have folded. */
export interface ReduceOptions<A> extends ParallelOptions {
  /** Puts two results together, here and in the order of items. Default: the function itself. */
  readonly combine?: (one: A, other: A) => A | Promise<A>;
  /**
   * Whether each chunk begins with `initial` (`perChunk`, the default: it has to change nothing, as 0 in a sum), or
   * only the whole does (`once`: chunks begin with their first item, which then has to be a result itself).
   */
  readonly initial?: 'perChunk' | 'once';
}
