import type { Duration } from '@proc/core';
import type { TaskContext } from '../contracts/task-context.js';
import type { ModuleTask } from '../functions/module-task.js';
import type { Capture } from '../functions/to-task-reference.js';
import type { ParallelPool } from './flow/parallel-pool.js';
import type { WorkerType } from './parallel-options.js';

/** What a function finds beside its item. */
export interface ItemContext {
  /** Of the item, from 0. */
  readonly index: number;
  /** What `with` gave. */
  readonly with: Readonly<Record<string, unknown>>;
  /** Aborts when nobody wants the result any more. */
  readonly signal: AbortSignal;
  /** The same, for loops that never let go. */
  readonly aborted: boolean;
  /** Number of the worker in its pool. */
  readonly workerId: number;
  /** From 1; higher where the trip was sent again after its worker was lost. */
  readonly attempt: number;
  /** Queues, locks, values and so on: see {@link TaskContext}. */
  readonly ipc: TaskContext['ipc'];
  /** Sends a value to `onEmit`. */
  readonly emit: (event: unknown) => void;
  /** Loads as the function's own file does. */
  readonly require: NodeJS.Require;
  /** The same for ES modules; `import()` in the function does so, too. */
  readonly import: (specifier: string, options?: ImportCallOptions) => Promise<unknown>;
}

/** A function that is run in workers for one item after the other, or a task that names one. */
export type ItemFunction<T, R> =
  | ((item: T, context: ItemContext) => R)
  | ModuleTask<(item: T, context: ItemContext) => R>
  | ModuleTask<(item: T) => R>;

/** A function that folds an item into what came before. */
export type FoldFunction<A, T> =
  | ((before: A, item: T, context: ItemContext) => A | Promise<A>)
  | ModuleTask<(before: A, item: T) => A | Promise<A>>;

/** A function, or a task that names one. */
export type Work = ((...args: never[]) => unknown) | ModuleTask;

/** A function without an argument, a task that names one, or either with its arguments. */
export type TaskInput = Work | readonly [work: Work, ...args: unknown[]];

/** What a task gives. */
export type TaskResult<T> = T extends readonly [infer W, ...unknown[]]
  ? TaskResult<W>
  : T extends (...args: never[]) => infer R
    ? Awaited<R>
    : T extends ModuleTask<infer F>
      ? Awaited<ReturnType<F>>
      : never;

/** What tasks give, each in its place. */
export type TaskResults<T extends readonly TaskInput[]> = {
  -readonly [Place in keyof T]: TaskResult<T[Place]>;
};

/** How tasks are run together. */
export interface TasksOptions {
  /** Most at once. Default: as many as there are workers. */
  readonly maxConcurrent?: number;
  /** The kind of workers; default: `'process'`. */
  readonly type?: WorkerType;
  /** A pool to be used instead of the shared one of that kind. */
  readonly pool?: ParallelPool;
  /** Ends all of them. */
  readonly signal?: AbortSignal;
  /** How long each may take: milliseconds, or a text such as `'30s'`. */
  readonly timeout?: Duration;
  /** What functions get from around themselves, by name. */
  readonly with?: Readonly<Record<string, unknown>>;
  /** What happens when they use more; default: `'error'`. */
  readonly capture?: Capture;
}
