import type { Duration, Size } from '@proc/core';
import type { ModuleTask } from '../functions/module-task.js';

/** How the worker of a task is chosen among those that have room. */
export type WorkerStrategy = 'least-busy' | 'round-robin';

/** What becomes of a worker that has more memory than it may while a task runs. */
export type OverMemory = 'replace' | 'report' | 'kill';

/** A function for a worker, or a task that names one. */
export type WorkerFunction = ((...args: never[]) => unknown) | ModuleTask;

/** How a pool of workers is made. */
export interface WorkerPoolOptions {
  /** A fixed number of workers; default: as many as {@link WorkerManager.cpuCount} says. */
  readonly size?: number | undefined;
  /** Workers that are always there, from the first task on; default 0 where only `max` is given. */
  readonly min?: number | undefined;
  /** The most workers that there are. */
  readonly max?: number | undefined;
  /**
   * Workers beside these that are ready and get no task before they take another one's place. By default (`auto`) there
   * is none until a worker dies while it runs a task, then one for a minute after the last such loss.
   */
  readonly spare?: number | 'auto' | undefined;
  /** How long a task waits until another worker is started for it, between `min` and `max`; default 5 ms. */
  readonly scaleUpAfter?: Duration | undefined;
  /** How long a worker above `min` may have nothing to do; default 10 s. They leave one by one. */
  readonly idleTimeout?: Duration | undefined;
  /** Tasks that run in one worker at the same time; default 1. More are for tasks that wait. */
  readonly concurrency?: number | undefined;
  readonly strategy?: WorkerStrategy | undefined;
  /** For each step of priority a task overtakes what was submitted less than this before it; default 1 s. */
  readonly ageing?: Duration | undefined;
  /** The most tasks that wait; default: any number. */
  readonly maxQueue?: number | undefined;
  /** A task for which there is no room fails (`reject`, the default), or is let in later (`wait`). */
  readonly whenFull?: 'reject' | 'wait' | undefined;
  /** For tasks that say nothing themselves; default: none. */
  readonly timeout?: Duration | undefined;
  /** How long a task may take to end after it was asked to; default 500 ms. Then its worker is replaced. */
  readonly grace?: Duration | undefined;
  /**
   * How long a worker may take to be ready, and then to load the module of a task; default 30 s. A task whose module
   * takes longer fails with a {@link TaskLoadError}. Also how long a worker may be silent that has begun none of the
   * tasks it has, because it was stopped, say: then it is ended, and others get them.
   */
  readonly startTimeout?: Duration | undefined;
  /** After so many tasks a worker is replaced; default: never. */
  readonly maxTasksPerWorker?: number | undefined;
  /** After this time a worker is replaced; default: never. */
  readonly maxAge?: Duration | undefined;
  /** A worker that has more memory after a task is replaced; of a process the whole, of a thread its heap. */
  readonly maxMemory?: Size | undefined;
  /**
   * What becomes of a worker that has more while a task runs: it is replaced when the task has ended (`replace`, the
   * default), only reported (`report`, also after a task), or ended at once (`kill`): then its tasks fail with a
   * {@link WorkerCrashedError} that says `outOfMemory`.
   */
  readonly overMemory?: OverMemory | undefined;
  /**
   * How often the memory of busy workers is looked at, where there is a `maxMemory`; default 1 s; 0 for never. A thread
   * that computes without a pause is not seen, and neither is such a process on Windows.
   */
  readonly memoryCheck?: Duration | undefined;
  /** A task whose workers died so many times is not tried again, whatever its `retry` says; default 3. */
  readonly poisonAfter?: number | undefined;
  /**
   * After so many starts in a row that failed, no more are tried for a while; default 3. Those that failed since the
   * system had no descriptors, processes or memory left do not count: tasks wait until it has.
   */
  readonly maxStartFailures?: number | undefined;
  /** How long that while is at first; it doubles up to 30 s; default 1 s. */
  readonly cooldown?: Duration | undefined;
  /** Runs once in each worker, before its first task: `(setupData) => …`. What it returns is `context.setup`. */
  readonly setup?: WorkerFunction | undefined;
  readonly setupData?: unknown;
  /** Runs in a worker that is asked to leave: `(setup, setupData) => …`. It may take `grace`, and a second more. */
  readonly teardown?: WorkerFunction | undefined;
  /** What workers print goes where this program prints (`inherit`, the default), to the tasks' handles, or nowhere. */
  readonly output?: 'inherit' | 'capture' | 'ignore' | undefined;
  /**
   * How often busy workers are asked whether they respond; default 5 s; 0: none is reported. One that runs a task is
   * never ended for it; see also `startTimeout`.
   */
  readonly heartbeat?: Duration | undefined;
  /** Added to the environment of this program. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Options of Node for workers; default: those of this program that make sense for them. */
  readonly execArgv?: readonly string[] | undefined;
  /** The most memory of a worker's heap, in bytes. More ends the worker. */
  readonly maxHeap?: Size | undefined;
  /** For messages and events; default: the kind. */
  readonly name?: string | undefined;
}
