import { AsyncLocalStorage } from 'node:async_hooks';
import { decodeError } from '../errors/decode-error.js';
import { encodeError } from '../errors/encode-error.js';
import { Kind, type TaskItem, type ToWorker, type WorkerSetUp } from '../protocol/frames.js';
import { setCurrentDepth } from './current-depth.js';
import { isThenable } from './is-thenable.js';
import { type KnownTask, KnownTasks } from './known-tasks.js';
import { Outbox } from './outbox.js';
import { RunningTask, type WorkerSurroundings } from './running-task.js';
import { redirectOutput } from './redirect-output.js';
import { runHook } from './run-hook.js';
import type { WorkerLink } from './worker-link.js';

/** Longer runs are worth a frame of their own. */
const LONG_MS = 1;

interface Waiting {
  readonly item: TaskItem;
  readonly task: KnownTask | Promise<KnownTask>;
}

/** The worker's side of a pool, whatever kind it is: runs tasks in their order, and tells what became of them. */
export class WorkerRuntime {
  readonly #link: WorkerLink;
  readonly #outbox: Outbox;
  readonly #known: KnownTasks;
  readonly #running = new Map<number, RunningTask>();
  #waiting: Waiting[] = [];
  #next = 0;
  #loading = false;
  #concurrency = 1;
  #setUp: WorkerSetUp | undefined;
  #surroundings: WorkerSurroundings | undefined;
  #leaving = false;
  /** Which task code runs for; only where several run at once, since it makes every promise dearer. */
  #owners: AsyncLocalStorage<number> | undefined;

  constructor(link: WorkerLink) {
    this.#link = link;
    this.#outbox = new Outbox(link);
    this.#known = new KnownTasks(link.wrap);
  }

  receive(items: readonly ToWorker[]): void {
    for (const item of items) this.#take(item);
    this.#advance();
  }

  /** Tells of an error that nobody caught; the worker can not go on. */
  fail(error: unknown): void {
    this.#outbox.add([Kind.fatal, encodeError(error)]);
    this.#outbox.flush();
  }

  /** What was said and not yet sent. */
  flush(): void {
    this.#outbox.flush();
  }

  /** Runs `teardown` and ends the worker. */
  async leave(): Promise<void> {
    if (this.#leaving) return;
    this.#leaving = true;
    try {
      const { teardown, setupData } = this.#setUp ?? {};
      if (teardown !== undefined) await runHook(teardown, [this.#surroundings?.setup, setupData]);
    } catch (error) {
      this.#outbox.add([Kind.fatal, encodeError(error)]);
    }
    this.#outbox.add([Kind.left]);
    this.#outbox.flush();
    this.#link.exit();
  }

  #take(item: ToWorker): void {
    switch (item[0]) {
      case Kind.task:
        this.#enqueue(item);
        break;
      case Kind.cancel:
        this.#cancel(item[1], decodeError(item[2]));
        break;
      case Kind.know:
        this.#known.learn(item[1]);
        break;
      case Kind.message:
        this.#running.get(item[1])?.receive(item[2]);
        break;
      case Kind.ping:
        this.#outbox.add([Kind.pong, item[1], this.#link.memory()]);
        break;
      case Kind.exit:
        void this.leave();
        break;
      case Kind.setUp:
        void this.#begin(item[1]);
        break;
      default:
    }
  }

  async #begin(setUp: WorkerSetUp): Promise<void> {
    const { poolId, workerId } = setUp;
    this.#setUp = setUp;
    this.#concurrency = setUp.concurrency;
    // An inline worker is inside of the pool only while its tasks run.
    if (this.#link.kind !== 'inline') setCurrentDepth(setUp.depth);
    if (this.#link.kind !== 'inline') this.#redirect(setUp);
    try {
      const setup =
        setUp.setup === undefined ? undefined : await runHook(setUp.setup, [setUp.setupData]);
      this.#surroundings = {
        link: this.#link,
        outbox: this.#outbox,
        poolId,
        workerId,
        setup,
      };
      this.#outbox.add([Kind.ready]);
    } catch (error) {
      this.#outbox.add([Kind.failed, encodeError(error)]);
    }
    this.#outbox.flush();
  }

  #redirect({ output, concurrency }: WorkerSetUp): void {
    if (output === 'capture') {
      if (concurrency > 1) this.#owners = new AsyncLocalStorage();
      redirectOutput((stream, text) => {
        this.#outbox.add([Kind.output, this.#owner(), stream, text]);
      });
    } else if (output === 'ignore' && this.#link.kind === 'thread') {
      // Its streams end in memory of this program, where nobody reads them.
      redirectOutput(() => undefined);
    }
  }

  #enqueue(item: TaskItem): void {
    const task = this.#known.find(item[2]);
    // It is looked at in its turn; until then nobody may take it for unhandled.
    if (task instanceof Promise) task.catch(() => undefined);
    this.#waiting.push({ item, task });
  }

  #cancel(seq: number, reason: Error): void {
    const running = this.#running.get(seq);
    if (running !== undefined) {
      running.abort(reason);
      return;
    }
    const at = this.#waiting.findIndex(({ item }, index) => index >= this.#next && item[1] === seq);
    if (at === -1) return;
    this.#waiting.splice(at, 1);
    this.#outbox.add([Kind.error, seq, encodeError(reason), 0]);
  }

  /** The task that code runs for; 0 for none. */
  #owner(): number {
    if (this.#owners !== undefined) return this.#owners.getStore() ?? 0;
    const [seq = 0] = this.#running.keys();
    return seq;
  }

  /** Starts what may start, in the order in which it came. */
  #advance(): void {
    while (this.#running.size < this.#concurrency && !this.#loading) {
      const waiting = this.#waiting[this.#next];
      if (waiting === undefined) break;
      this.#next += 1;
      if (waiting.task instanceof Promise) void this.#startLoaded(waiting.item, waiting.task);
      else this.#start(waiting.item, waiting.task);
    }
    if (this.#next > 0 && this.#next === this.#waiting.length) {
      this.#waiting = [];
      this.#next = 0;
    }
  }

  async #startLoaded(item: TaskItem, loading: Promise<KnownTask>): Promise<void> {
    this.#loading = true;
    try {
      const task = await loading;
      this.#loading = false;
      this.#start(item, task);
    } catch (error) {
      this.#loading = false;
      this.#outbox.add([Kind.error, item[1], encodeError(error), 0]);
    }
    this.#advance();
  }

  #start(item: TaskItem, task: KnownTask): void {
    const seq = item[1];
    if (this.#surroundings === undefined) return;
    // Results that are there must not wait for what may take long.
    if (item[6] === 1) this.#outbox.add([Kind.started, seq]);
    if (!this.#outbox.isEmpty && (item[6] === 1 || (task.averageMs ?? LONG_MS) >= LONG_MS / 4)) {
      this.#outbox.flush();
    }
    const running = new RunningTask(this.#surroundings, item, task.loaded);
    this.#running.set(seq, running);
    this.#link.markStarted(seq);
    const begin = performance.now();
    let value: unknown;
    try {
      const run = (): unknown => task.loaded.fn(...item[3], running);
      value = this.#owners === undefined ? run() : this.#owners.run(seq, run);
    } catch (error) {
      this.#end(seq, task, begin, error, 'thrown');
      return;
    }
    if (isThenable(value)) void this.#settle(seq, task, begin, value);
    else this.#end(seq, task, begin, value, 'returned');
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
    this.#advance();
  }

  #end(
    seq: number,
    task: KnownTask,
    begin: number,
    outcome: unknown,
    way: 'returned' | 'thrown',
  ): void {
    const ms = performance.now() - begin;
    task.averageMs = task.averageMs === undefined ? ms : task.averageMs * 0.8 + ms * 0.2;
    this.#running.delete(seq);
    if (way === 'thrown') this.#outbox.add([Kind.error, seq, encodeError(outcome), ms]);
    else this.#outbox.addValue(outcome, (value) => [Kind.done, seq, value, ms]);
    if (ms > LONG_MS) this.#outbox.flush();
  }
}
