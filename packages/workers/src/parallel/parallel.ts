import { requireCloneable } from '../errors/uncloneable-value-error.js';
import type { ModuleTask } from '../functions/module-task.js';
import { requireArguments } from '../functions/require-arguments.js';
import { type FunctionReference, givenTo } from '../functions/task-reference.js';
import { type ShippingOptions, toTaskReference } from '../functions/to-task-reference.js';
import type { Items } from './flow/item-source.js';
import type { ParallelPool } from './flow/parallel-pool.js';
import { type HubSource, ownHub } from '../pool/hub-source.js';
import { ForkedTask } from './fork/forked-task.js';
import { type ForkEnvironment, launchFork } from './fork/launch-fork.js';
import type {
  FoldFunction,
  ItemFunction,
  TaskInput,
  TaskResult,
  TaskResults,
  TasksOptions,
} from './item-function.js';
import { ItemFailures } from './item-failures.js';
import { combineWith } from './operations/combine-with.js';
import { filterItems } from './operations/filter-items.js';
import { forEachItem } from './operations/for-each-item.js';
import { mapItems } from './operations/map-items.js';
import type { Operation } from './operations/operation.js';
import { readyTasks } from './operations/ready-tasks.js';
import { type Combine, reduceItems } from './operations/reduce-items.js';
import { runTasks } from './operations/run-tasks.js';
import { searchItems } from './operations/search-items.js';
import type {
  MapOptions,
  ParallelOptions,
  ReduceOptions,
  SettleOptions,
  WorkerType,
} from './parallel-options.js';
import type { ParallelRun } from './parallel-run.js';
import { requireEnvironment } from './require-environment.js';
import {
  MAP_KEYS,
  REDUCE_KEYS,
  resolveParallelOptions,
  resolveTasksOptions,
} from './resolve-parallel-options.js';
import { RunningWork } from './running-work.js';

/** What work is done on. */
export interface ParallelEnvironment extends ForkEnvironment {
  /** The shared pool of a kind; without one, of the kind that is usual here. */
  pool(type: WorkerType | undefined): ParallelPool;
}

type Anything = ((...args: never[]) => unknown) | ModuleTask;

/** Work on many items at once, in workers: methods of arrays, tasks together, and single processes. */
export class Parallel {
  readonly #environment: ParallelEnvironment;
  readonly #work = new RunningWork();
  readonly #hub: HubSource;

  /** @throws {@link InvalidArgumentError} for what has no pool to work on */
  constructor(environment: ParallelEnvironment) {
    requireEnvironment(environment);
    this.#environment = environment;
    this.#hub = environment.hub ?? ownHub();
  }

  /**
   * What a function gives for each item, in the order of items.
   *
   * Await it for a list, or iterate over it: then items are pulled as results are taken, and leaving the loop ends
   * the rest. The first failure ends the run with an {@link ItemFailedError}.
   *
   * @throws {@link ClosureCaptureError} and its like when the function can not travel, before anything begins
   * @throws {@link InvalidArgumentError} for what can not be iterated over, and for wrong options
   * @example const roots = await parallel.map(numbers, (value) => Math.sqrt(value));
   */
  map<T, R>(
    items: Items<T>,
    fn: ItemFunction<T, R>,
    options: SettleOptions,
  ): ParallelRun<PromiseSettledResult<Awaited<R>>>;
  map<T, R>(
    items: Items<T>,
    fn: ItemFunction<T, R>,
    options?: MapOptions & { readonly onError?: 'stop' },
  ): ParallelRun<Awaited<R>>;
  map(items: Items<unknown>, fn: Anything, options: object = {}): ParallelRun<never> {
    return mapItems(this.#operation(items, fn, options, MAP_KEYS)) as ParallelRun<never>;
  }

  /** The items that a function says yes to; like {@link map} otherwise. */
  filter<T>(
    items: Items<T>,
    fn: ItemFunction<T, unknown>,
    options: MapOptions = {},
  ): ParallelRun<T> {
    return filterItems(this.#operation(items, fn, options, ['ordered'])) as ParallelRun<T>;
  }

  /**
   * Folds all items into one value: chunks in workers, and what these came to in this process. The function has to be
   * associative, since nobody knows where chunks end; and without `{ initial: 'once' }` the initial value has to
   * change nothing, since each chunk begins with it.
   *
   * @throws TypeError when there is neither an item nor an initial value
   */
  async reduce<T>(items: Items<T>, fn: FoldFunction<T, T>): Promise<T>;
  async reduce<T, A = T>(
    items: Items<T>,
    fn: FoldFunction<A, T>,
    initial: A,
    options?: ReduceOptions<A>,
  ): Promise<A>;
  async reduce(
    items: Items<unknown>,
    fn: Anything,
    ...rest: readonly [initial?: unknown, options?: object]
  ): Promise<unknown> {
    const [initial, options] = rest;
    // An initial value of `undefined` is one, as for arrays.
    const hasInitial = rest.length > 0;
    const operation = this.#operation(items, fn, options ?? {}, REDUCE_KEYS);
    const { combine, initial: use = 'perChunk', with: given = {} } = operation.options;
    return reduceItems(
      operation,
      { initial: hasInitial ? { value: initial } : undefined, use },
      (combine as Combine | undefined) ?? (await combineWith(fn, operation.reference, given)),
    );
  }

  /** Runs a function for each item; resolves when all is done. */
  async forEach<T>(
    items: Items<T>,
    fn: ItemFunction<T, unknown>,
    options: ParallelOptions = {},
  ): Promise<void> {
    return forEachItem(this.#operation(items, fn, options));
  }

  /** Whether a function says yes to any item. The first yes ends the run. */
  async some<T>(
    items: Items<T>,
    fn: ItemFunction<T, unknown>,
    options: ParallelOptions = {},
  ): Promise<boolean> {
    return (await searchItems('some', this.#operation(items, fn, options))) !== undefined;
  }

  /** Whether a function says yes to all items. The first no ends the run. */
  async every<T>(
    items: Items<T>,
    fn: ItemFunction<T, unknown>,
    options: ParallelOptions = {},
  ): Promise<boolean> {
    return (await searchItems('every', this.#operation(items, fn, options))) === undefined;
  }

  /** The first item, by order, that a function says yes to; undefined when there is none. */
  async find<T>(
    items: Items<T>,
    fn: ItemFunction<T, unknown>,
    options: ParallelOptions = {},
  ): Promise<T | undefined> {
    return (await searchItems('find', this.#operation(items, fn, options)))?.item as T | undefined;
  }

  /**
   * Runs different functions, so many at once; results are in the order of the functions. The first failure ends the
   * run with an {@link ItemFailedError}.
   *
   * @throws {@link ClosureCaptureError} and its like when a function can not travel, before anything begins
   * @throws {@link InvalidArgumentError} for what is no list, and for wrong options
   * @example const [users, orders] = await parallel.tasks([loadUsers, [loadOrders, 2024]], { maxConcurrent: 2 });
   */
  tasks<const T extends readonly TaskInput[]>(
    tasks: T,
    options: TasksOptions = {},
  ): ParallelRun<TaskResult<T[number]>, TaskResults<T>> {
    const {
      type,
      pool: own,
      maxConcurrent,
      signal,
      timeout,
      ...shipping
    } = resolveTasksOptions(options);
    const ready = readyTasks(tasks, shipping);
    const pool = own ?? this.#environment.pool(type);
    return runTasks({
      tasks: ready,
      pool,
      maxConcurrent: maxConcurrent ?? pool.maxSize,
      signal,
      timeout,
      track: this.#work.track,
      failures: new ItemFailures(),
    }) as ParallelRun<TaskResult<T[number]>, TaskResults<T>>;
  }

  /**
   * A function in a process of its own, not yet started.
   *
   * @throws {@link UncloneableValueError} when an argument, or a value in `with`, can not be copied;
   *   {@link InvalidArgumentError} for arguments that are no list
   */
  fork<A extends readonly unknown[], R>(
    fn: ((...args: [...A]) => R) | ModuleTask<(...args: [...A]) => R>,
    args: A = [] as never,
    options: ShippingOptions = {},
  ): ForkedTask<Awaited<R>> {
    const reference = toTaskReference(fn, options);
    requireArguments(args);
    requireCloneable('argument', args, 'process');
    requireCloneable('with', givenTo(reference), 'process');
    const launch = () => launchFork(this.#environment);
    const forked = new ForkedTask<Awaited<R>>(launch, this.#hub, reference, args);
    this.#work.addFork(forked);
    return forked;
  }

  /**
   * Ends everything that was begun here: runs fail with an `AbortError`, forked processes get the signal.
   *
   * @param signal - for forked processes; default `SIGTERM`
   */
  killAll(signal: NodeJS.Signals = 'SIGTERM'): void {
    this.#work.killAll(signal);
  }

  #operation(
    items: Items<unknown>,
    fn: Anything,
    given: object,
    keys: readonly string[] = [],
  ): Operation {
    const options = resolveParallelOptions(given, keys);
    const { with: values, capture } = options;
    const reference = toTaskReference(fn, {
      ...(values && { with: values }),
      ...(capture && { capture }),
    }) as FunctionReference;
    const pool = options.pool ?? this.#environment.pool(options.type);
    const failures = new ItemFailures();
    return { items, reference, pool, options, track: this.#work.track, failures };
  }
}
