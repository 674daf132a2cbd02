import { InvalidArgumentError, type EventDispatcher } from '@proc/core';
import { readObject, showValue } from '@proc/core/internal';
import type { IpcBroker } from '@proc/ipc';
import { inlineBackend } from '../backends/inline-backend.js';
import { processBackend } from '../backends/process-backend.js';
import { threadBackend } from '../backends/thread-backend.js';
import type { WorkerBackend } from '../backends/worker-channel.js';
import type { CloseOptions, CloseReport } from '../contracts/close-options.js';
import type { TaskHandle, TaskStatus } from '../contracts/task-handle.js';
import type { WorkerKind } from '../contracts/worker-kind.js';
import type { WorkerFunction, WorkerPoolOptions } from '../contracts/worker-pool-options.js';
import type { ArgumentsOf, ResultOf } from '../pool/function-types.js';
import { type HubSource, ownHub } from '../pool/hub-source.js';
import { resolvePoolOptions } from '../pool/resolve-pool-options.js';
import { WorkerPool } from '../pool/worker-pool.js';
import { cpuCount } from './cpu-count.js';
import { PlaceOfFakes } from './fakes-of.js';
import { readManagerOptions } from './read-manager-options.js';
import { TaskRegister } from './task-register.js';

const BACKENDS: Readonly<Record<WorkerKind, WorkerBackend>> = {
  process: processBackend,
  thread: threadBackend,
  inline: inlineBackend,
};

/** What a manager is made with. */
export interface WorkerManagerOptions {
  /** Hears of workers and tasks; asked anew each time. */
  readonly events?: (() => EventDispatcher | undefined) | undefined;
  /** For pools that say nothing themselves, by kind; read when a pool is made. */
  readonly defaults?: ((kind: WorkerKind) => WorkerPoolOptions) | undefined;
  /**
   * What `context.ipc` of tasks is connected to: a hub, or the way to one elsewhere, such as a `RedisBroker`. Asked
   * when the first task wants it. Default: a hub of its own.
   */
  readonly hub?: (() => IpcBroker) | undefined;
}

/**
 * Makes pools of workers, and keeps one of each kind for all who need no pool of their own. This is what
 * `app.get('process.workers')` gives.
 */
export class WorkerManager implements AsyncDisposable {
  readonly #events: () => EventDispatcher | undefined;
  readonly #defaults: (kind: WorkerKind) => WorkerPoolOptions;
  readonly #pools = new Set<WorkerPool>();
  readonly #shared = new Map<WorkerKind, WorkerPool>();
  readonly #tasks = new TaskRegister();
  readonly #hub: HubSource;
  readonly #fakes = new PlaceOfFakes(this, (task) => {
    this.#tasks.add(task);
  });
  #isShutDown = false;

  /** @throws {@link InvalidArgumentError} for options that there are not, and for one that is no function */
  constructor(options: WorkerManagerOptions = {}) {
    const { events, defaults, hub } = readManagerOptions(options);
    this.#events = events ?? (() => undefined);
    this.#defaults = defaults ?? (() => ({}));
    this.#hub = hub ?? ownHub();
  }

  /** How many workers are worth having: see {@link cpuCount}. */
  cpuCount(): number {
    return cpuCount().count;
  }

  /**
   * A pool of child processes.
   *
   * @throws {@link InvalidArgumentError} for options that can not work
   */
  processPool(options?: WorkerPoolOptions): WorkerPool {
    return this.#make('process', options);
  }

  /** A pool of threads. See {@link processPool}. */
  threadPool(options?: WorkerPoolOptions): WorkerPool {
    return this.#make('thread', options);
  }

  /** What `context.ipc` of tasks is connected to: give it a port of the program's own to share things with them. */
  hub(): IpcBroker {
    return this.#hub();
  }

  /** A pool that runs tasks in this very thread, and copies their values as the others do: for tests. */
  inlinePool(options?: WorkerPoolOptions): WorkerPool {
    return this.#make('inline', options);
  }

  /** The pool of child processes that all share; made on first use. It lets the program end. */
  defaultProcessPool(): WorkerPool {
    return this.#sharedPool('process');
  }

  /** The pool of threads that all share. */
  defaultThreadPool(): WorkerPool {
    return this.#sharedPool('thread');
  }

  /**
   * The pool of a kind that all share.
   *
   * @throws {@link InvalidArgumentError} for a kind that there is not
   */
  defaultPool(kind: WorkerKind = 'process'): WorkerPool {
    return this.#sharedPool(kind);
  }

  /** Hands a function to the shared pool of child processes. */
  submit<T extends WorkerFunction>(task: T, ...args: ArgumentsOf<T>): TaskHandle<ResultOf<T>> {
    return this.defaultProcessPool().submit(task, ...args);
  }

  /** A task by its id; `undefined` for one that is not known (any more: the last thousand that have ended are). */
  task(id: string): TaskHandle | undefined {
    return this.#tasks.find(id);
  }

  /** Where a task is; `undefined` for one that is not known, see {@link task}. */
  status(id: string): TaskStatus | undefined {
    return this.#tasks.find(id)?.status;
  }

  /** What a task comes to; `undefined` for one that is not known. */
  result(id: string): Promise<unknown> | undefined {
    return this.#tasks.find(id)?.result;
  }

  /** Cancels a task. @returns whether there was anything to cancel */
  cancel(id: string, reason?: unknown): boolean {
    return this.#tasks.find(id)?.cancel(reason) ?? false;
  }

  /** Pools that are not closed. */
  pools(): readonly WorkerPool[] {
    return [...this.#pools];
  }

  /** Closes all pools. New ones can be made afterwards. */
  async close(options?: CloseOptions): Promise<readonly CloseReport[]> {
    return Promise.all([...this.#pools].map((pool) => this.#close(pool, options)));
  }

  /** The same for good: whatever pool is asked for from now on is closed from its beginning. */
  shutdown(options?: CloseOptions): Promise<readonly CloseReport[]> {
    this.#isShutDown = true;
    return this.close(options);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(pool: WorkerPool, options: CloseOptions | undefined): Promise<CloseReport> {
    const report = await pool.close(options);
    this.#pools.delete(pool);
    return report;
  }

  #sharedPool(kind: WorkerKind): WorkerPool {
    let pool = this.#shared.get(kind);
    if (pool === undefined || pool.isClosed) {
      pool = this.#make(kind);
      this.#shared.set(kind, pool);
    }
    return pool;
  }

  #make(kind: WorkerKind, all: WorkerPoolOptions = {}): WorkerPool {
    if (!Object.hasOwn(BACKENDS, kind)) {
      throw new InvalidArgumentError(
        `A pool is of the kind ${Object.keys(BACKENDS).join(', ')}; got ${showValue(kind)}.`,
      );
    }
    const given = readObject(all, 'Options of a pool are given as');
    for (const pool of this.#pools) if (pool.isClosed) this.#pools.delete(pool);
    // What is given as undefined is not given.
    const said = Object.entries(given).filter(([, value]) => value !== undefined);
    const options = resolvePoolOptions(kind, {
      ...defaultsFor(this.#defaults(kind), given),
      ...(Object.fromEntries(said) as WorkerPoolOptions),
    });
    const environment = { backend: BACKENDS[kind], options, events: this.#events, hub: this.#hub };
    const pool: WorkerPool = new WorkerPool(
      { ...environment, standIn: () => this.#fakes.standIns?.for(pool, environment) },
      (task) => {
        this.#tasks.add(task);
      },
    );
    if (this.#isShutDown) void pool.close();
    else this.#pools.add(pool);
    return pool;
  }
}

/** A size of one's own takes the place of any of the defaults. */
function defaultsFor(defaults: WorkerPoolOptions, given: WorkerPoolOptions): WorkerPoolOptions {
  const { size, min, max, ...rest } = defaults;
  const says = given.size !== undefined || given.min !== undefined || given.max !== undefined;
  return says ? rest : { size, min, max, ...rest };
}
