import type { CloseOptions, CloseReport } from '../contracts/close-options.js';
import type { TaskHandle } from '../contracts/task-handle.js';
import type { TaskOptions } from '../contracts/task-options.js';
import type { WorkerKind } from '../contracts/worker-kind.js';
import type { WorkerFunction } from '../contracts/worker-pool-options.js';
import type { WorkerPoolStats } from '../contracts/worker-pool-stats.js';
import { requireArguments } from '../functions/require-arguments.js';
import { requireReference, type TaskReference } from '../functions/task-reference.js';
import { type ShippingOptions, toTaskReference } from '../functions/to-task-reference.js';
import { Admission } from './admission.js';
import { type BroadcastOptions, Broadcasts, type BroadcastResult } from './broadcasts.js';
import { Closing } from './closing.js';
import type { ArgumentsOf, ResultOf } from './function-types.js';
import { PoolEngine } from './pool-engine.js';
import type { PoolEnvironment } from './pool-environment.js';
import { poolStats } from './pool-stats.js';
import { resolveCloseOptions } from './resolve-close-options.js';
import {
  readSubmitOptions,
  resolveTaskOptions,
  type ResolvedTaskOptions,
} from './resolve-task-options.js';
import { Submissions } from './submissions.js';
import type { Task } from './task.js';

/** How a function is run by a pool: as a task, and how it travels. */
export interface SubmitOptions extends TaskOptions, ShippingOptions {}

/** What can be done with a pool, with options for each task. */
export interface PoolCalls {
  /** Hands a function to a worker. */
  submit<T extends WorkerFunction>(task: T, ...args: ArgumentsOf<T>): TaskHandle<ResultOf<T>>;
  /** What a function comes to in a worker. */
  run<T extends WorkerFunction>(task: T, ...args: ArgumentsOf<T>): Promise<ResultOf<T>>;
}

/**
 * A pool of workers: child processes, threads, or (inline) this very thread.
 *
 * @example
 * ```ts
 * const pool = workers.processPool({ size: 4 });
 * const sum = await pool.run((a: number, b: number) => a + b, 1, 2);
 * await pool.close();
 * ```
 */
export class WorkerPool implements PoolCalls, AsyncDisposable {
  readonly kind: WorkerKind;
  readonly #engine: PoolEngine;
  readonly #admission: Admission;
  readonly #broadcasts: Broadcasts;
  readonly #environment: PoolEnvironment;
  readonly #submissions: Submissions;
  readonly #defaults: ResolvedTaskOptions;
  #closing: Closing | undefined;

  /**
   * @internal Made by a {@link WorkerManager}.
   * @param onTask - hears of every task
   */
  constructor(environment: PoolEnvironment, onTask: (task: TaskHandle) => void = () => undefined) {
    const { backend, options } = environment;
    this.kind = backend.kind;
    this.#environment = environment;
    this.#defaults = resolveTaskOptions({}, options);
    this.#engine = new PoolEngine(environment);
    this.#admission = new Admission(this.#engine, options);
    this.#submissions = new Submissions(this.#engine, this.#admission, onTask);
    this.#broadcasts = new Broadcasts(this.#engine, (reference, args, name) =>
      this.#submissions.make(reference, args, { ...this.#defaults, name, timeoutMs: undefined }),
    );
    this.#engine.onForgotten = () => {
      this.#admission.forget();
    };
    this.#engine.onProgress = () => {
      this.#admission.progress();
      this.#closing?.progress();
    };
  }

  get id(): string {
    return this.#engine.id;
  }

  get name(): string {
    return this.#environment.options.name;
  }

  /** The most workers that there are. */
  get maxSize(): number {
    return this.#environment.options.max;
  }

  /** Workers that there are, or that are being started. */
  get size(): number {
    return this.#standIn?.size ?? this.#engine.crew.strength;
  }

  /** Whether as many tasks wait as may (see `maxQueue`): whoever brings more had better await {@link drained}. */
  get needsDrain(): boolean {
    return this.#standIn?.needsDrain ?? this.#admission.isFull;
  }

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  /**
   * Hands a function, or a task that names one, to a worker. The function is called with the arguments and, last, a
   * {@link TaskContext}.
   *
   * @throws {@link ClosureCaptureError}, {@link UnshippableFunctionError} or {@link TaskLoadError} when it can not
   *   travel. Whatever happens later is told by the handle, also that the pool is closed or full.
   */
  submit<T extends WorkerFunction>(task: T, ...args: ArgumentsOf<T>): TaskHandle<ResultOf<T>> {
    return this.#submit(toTaskReference(task), args, this.#defaults) as TaskHandle<ResultOf<T>>;
  }

  /**
   * What a function comes to in a worker.
   *
   * @throws what the function throws; {@link WorkerCrashedError}, {@link TaskTimedOutError} and the like, when it came
   *   to no end of its own
   */
  run<T extends WorkerFunction>(task: T, ...args: ArgumentsOf<T>): Promise<ResultOf<T>> {
    // No promise of an async function's own, and no function made for it: there are many tasks.
    try {
      const { outcome } = this.#submit(toTaskReference(task), args, this.#defaults);
      return outcome as Promise<ResultOf<T>>;
    } catch (error) {
      return Promise.reject(error);
    }
  }

  /**
   * The same with options for each task.
   *
   * @throws {@link InvalidArgumentError} for options that can not work
   */
  with(options: SubmitOptions): PoolCalls {
    const { with: given, capture, ...rest } = readSubmitOptions(options);
    const shipping: ShippingOptions = {
      ...(given !== undefined && { with: given }),
      ...(capture !== undefined && { capture }),
    };
    const resolved = resolveTaskOptions(rest, this.#environment.options);
    const submit = <T extends WorkerFunction>(task: T, ...args: ArgumentsOf<T>) =>
      this.#submit(toTaskReference(task, shipping), args, resolved);
    return {
      submit: <T extends WorkerFunction>(task: T, ...args: ArgumentsOf<T>) =>
        submit(task, ...args) as TaskHandle<ResultOf<T>>,
      run: <T extends WorkerFunction>(task: T, ...args: ArgumentsOf<T>) => {
        try {
          return submit(task, ...args).outcome as Promise<ResultOf<T>>;
        } catch (error) {
          return Promise.reject(error);
        }
      },
    };
  }

  /**
   * For those who make references themselves.
   *
   * @throws {@link InvalidArgumentError} for what is no reference, or arguments that are no list
   */
  submitTask(
    reference: TaskReference,
    args: readonly unknown[],
    options: TaskOptions = {},
  ): TaskHandle {
    requireReference(reference);
    requireArguments(args);
    return this.#submit(reference, args, resolveTaskOptions(options, this.#environment.options));
  }

  /**
   * Runs a function once in every worker that there is now; with `sticky` also in those that are started later, before
   * their first task. Never rejects for what a worker does.
   *
   * @throws {@link InvalidArgumentError} for arguments that are no list
   */
  async broadcast<T extends WorkerFunction>(
    task: T,
    args: ArgumentsOf<T> = [] as never,
    options: BroadcastOptions = {},
  ): Promise<readonly BroadcastResult<ResultOf<T>>[]> {
    requireArguments(args);
    const other = this.#standIn;
    if (other !== undefined) return other.broadcast(task, args, options);
    const results = await this.#broadcasts.send(toTaskReference(task), args, options);
    return results as readonly BroadcastResult<ResultOf<T>>[];
  }

  /** Resolves when there is room for more tasks; at once, when there is. */
  drained(): Promise<void> {
    return this.#standIn?.drained() ?? this.#admission.drained();
  }

  /** How it stands. */
  stats(): WorkerPoolStats {
    const { kind } = this;
    const { options } = this.#environment;
    const { waiting } = this.#admission;
    return this.#standIn?.stats() ?? poolStats({ kind, options, engine: this.#engine, waiting });
  }

  /**
   * Takes no more tasks, lets those end that were begun and, unless told otherwise, those that wait, and ends the
   * workers. May be called again, to hurry.
   *
   * @throws {@link InvalidArgumentError} for options that can not be, before anything is closed; nothing else
   */
  async close(options: CloseOptions = {}): Promise<CloseReport> {
    const resolved = resolveCloseOptions(options);
    const other = this.#standIn;
    this.#closing ??= new Closing(this.#engine, this.#admission, this.name);
    this.#closing.apply(resolved);
    return other?.close(options) ?? this.#closing.report;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Not once this pool is closed: then there is nothing more to be done for it. */
  get #standIn(): WorkerPool | undefined {
    return this.isClosed ? undefined : this.#environment.standIn?.();
  }

  #submit(reference: TaskReference, args: readonly unknown[], options: ResolvedTaskOptions): Task {
    const pool = this.#standIn ?? this;
    return pool.#submissions.submit(reference, args, options);
  }
}
