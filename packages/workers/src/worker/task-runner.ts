import { AsyncLocalStorage } from 'node:async_hooks';
import type { ErrorEnvelope } from '../errors/error-envelope.js';
import { decodeError, encodeError } from '../errors/late-errors.js';
import { Ask, FIRST_ARGUMENT, Kind, type TaskItem, type TaskPointer } from '../protocol/frames.js';
import { SeqTable } from '../protocol/seq-table.js';
import { isThenable } from './is-thenable.js';
import { type KnownTask, KnownTasks } from './known-tasks.js';
import { RunningTask, type WorkerSurroundings } from './running-task.js';
import { realClock } from './real-clock.js';

/** Longer runs are worth a frame of their own. */
const LONG_MS = 1;
const NS_PER_MS = 1e6;

/** A task that has not begun. */
interface Waiting {
  readonly item: TaskItem;
  readonly task: KnownTask | Promise<KnownTask>;
  /** What it was sent so far. */
  messages?: unknown[];
  /** Why it is not to start once its module is loaded. */
  cancelled?: Error;
}

/** How a worker runs its tasks. */
export interface TaskRunnerOptions {
  /** How many run at once. */
  readonly concurrency: number;
  /** Whether somebody asks which task code runs for. */
  readonly tellsOwners: boolean;
  /** How long the module of a task may take to be loaded. */
  readonly loadTimeoutMs: number;
}

/** Runs the tasks of a worker in their order, and tells what became of them. */
export class TaskRunner {
  readonly #surroundings: WorkerSurroundings;
  readonly #concurrency: number;
  readonly #known: KnownTasks;
  readonly #running = new SeqTable<RunningTask>();
  /** Which task code runs for; only where several run at once, since it makes every promise dearer. */
  readonly #owners: AsyncLocalStorage<number> | undefined;
  #waiting: Waiting[] = [];
  #next = 0;
  /** Its turn has come, and its module is being loaded. */
  #loading: Waiting | undefined;

  constructor(surroundings: WorkerSurroundings, options: TaskRunnerOptions) {
    const { concurrency, tellsOwners, loadTimeoutMs } = options;
    this.#surroundings = surroundings;
    this.#concurrency = concurrency;
    this.#known = new KnownTasks(loadTimeoutMs, surroundings.link.wrap);
    if (tellsOwners && concurrency > 1) this.#owners = new AsyncLocalStorage();
  }

  /** The task that code runs for; 0 for none. */
  get owner(): number {
    if (this.#owners !== undefined) return this.#owners.getStore() ?? 0;
    const [first] = this.#running;
    return first?.[0] ?? 0;
  }

  /** The task that runs, where it is known: where several do, code can be of any. */
  get onlyTask(): RunningTask | undefined {
    return this.#running.size === 1 ? this.#running.values()[0] : undefined;
  }

  /** Takes a task; {@link advance} starts it in its turn. */
  add(item: TaskItem): void {
    const task = this.#known.ready(item[2]) ?? this.#load(item);
    // It is looked at in its turn; until then nobody may take it for unhandled.
    if (task instanceof Promise) task.catch(() => undefined);
    this.#waiting.push({ item, task });
  }

  /** For later tasks. */
  learn(shipped: Exclude<TaskPointer, number>): void {
    this.#known.learn(shipped);
  }

  /** For a task that runs, or is to run. */
  message(seq: number, value: unknown): void {
    const running = this.#running.get(seq);
    if (running !== undefined) {
      running.receive(value);
      return;
    }
    const waiting = this.#loading?.item[1] === seq ? this.#loading : this.#waiting[this.#find(seq)];
    if (waiting !== undefined) (waiting.messages ??= []).push(value);
  }

  cancel(seq: number, envelope: ErrorEnvelope): void {
    const reason = decodeError(envelope);
    const running = this.#running.get(seq);
    if (running !== undefined) {
      running.abort(reason);
      return;
    }
    if (this.#loading?.item[1] === seq) {
      this.#loading.cancelled = reason;
      return;
    }
    const at = this.#find(seq);
    if (at === -1) return;
    this.#waiting.splice(at, 1);
    this.#surroundings.outbox.add([Kind.error, seq, encodeError(reason), 0]);
  }

  /** Starts what may start, in the order in which it came. */
  advance(): void {
    while (this.#running.size < this.#concurrency && this.#loading === undefined) {
      const waiting = this.#waiting[this.#next];
      if (waiting === undefined) break;
      this.#next += 1;
      if (waiting.task instanceof Promise) void this.#startLoaded(waiting, waiting.task);
      else this.#start(waiting, waiting.task);
    }
    if (this.#next > 0 && this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
  }

  #load([, seq, pointer, , , asks]: TaskItem): Promise<KnownTask> {
    const { outbox } = this.#surroundings;
    if ((asks & Ask.tellLoading) !== 0) {
      outbox.add([Kind.loading, seq]);
      // Code of others may be about to run.
      outbox.flush();
    }
    return this.#known.load(pointer);
  }

  /** Whether the pool no longer wants it to begin. */
  #isDropped(seq: number, asks: number): boolean {
    const { link, outbox } = this.#surroundings;
    // A process has to read a file for it.
    if ((asks & Ask.look) === 0 && link.kind === 'process') return false;
    if (!link.isWithdrawn(seq)) return false;
    outbox.add([Kind.dropped, seq]);
    // What comes next may take long.
    outbox.flush();
    return true;
  }

  /** Where a task waits; -1 when it does not. */
  #find(seq: number): number {
    return this.#waiting.findIndex(({ item }, index) => index >= this.#next && item[1] === seq);
  }

  async #startLoaded(waiting: Waiting, loading: Promise<KnownTask>): Promise<void> {
    this.#loading = waiting;
    try {
      const task = await loading;
      this.#loading = undefined;
      if (waiting.cancelled !== undefined) throw waiting.cancelled;
      this.#start(waiting, task);
    } catch (error) {
      this.#loading = undefined;
      this.#surroundings.outbox.add([Kind.error, waiting.item[1], encodeError(error), 0]);
    }
    this.advance();
  }

  #start({ item, messages }: Waiting, task: KnownTask): void {
    const { outbox, link } = this.#surroundings;
    const [, seq, , , , asks] = item;
    link.markStarted(seq);
    if (this.#isDropped(seq, asks)) return;
    // Results that are there must not wait for what may take long.
    const isAnnounced = (asks & Ask.announce) !== 0;
    if (isAnnounced) outbox.add([Kind.started, seq]);
    if (!outbox.isEmpty && (isAnnounced || (task.averageMs ?? LONG_MS) >= LONG_MS / 4)) {
      outbox.flush();
    }
    const running = new RunningTask(this.#surroundings, item, task.loaded);
    if (messages !== undefined) for (const value of messages) running.receive(value);
    this.#running.set(seq, running);
    const args: unknown[] = item.slice(FIRST_ARGUMENT);
    args.push(running);
    const begin = realClock.now();
    let value: unknown;
    try {
      value =
        this.#owners === undefined
          ? task.loaded.fn(...args)
          : this.#owners.run(seq, () => task.loaded.fn(...args));
      if (isThenable(value)) {
        void this.#settle(seq, task, begin, value);
        return;
      }
    } catch (error) {
      this.#end(seq, task, begin, error, 'thrown');
      return;
    }
    this.#end(seq, task, begin, value, 'returned');
  }

  async #settle(
    seq: number,
    task: KnownTask,
    begin: number,
    value: PromiseLike<unknown>,
  ): Promise<void> {
    let outcome: unknown;
    let way: 'returned' | 'thrown' = 'returned';
    try {
      outcome = await value;
    } catch (error) {
      outcome = error;
      way = 'thrown';
    }
    this.#end(seq, task, begin, outcome, way);
    this.advance();
  }

  #end(
    seq: number,
    task: KnownTask,
    begin: number,
    outcome: unknown,
    way: 'returned' | 'thrown',
  ): void {
    const { outbox } = this.#surroundings;
    const ms = realClock.now() - begin;
    task.averageMs = task.averageMs === undefined ? ms : task.averageMs * 0.8 + ms * 0.2;
    this.#running.delete(seq);
    const ns = Math.round(ms * NS_PER_MS);
    if (way === 'thrown') outbox.add([Kind.error, seq, encodeError(outcome), ns]);
    else outbox.addResult(seq, outcome, ns);
    if (ms > LONG_MS) outbox.flush();
  }
}
