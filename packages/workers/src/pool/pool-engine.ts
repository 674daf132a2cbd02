import { realTime, uniqueId } from '@proc/core/internal';
import type { WorkerEnd } from '../backends/worker-channel.js';
import { type Crossing, crossingTo } from '../functions/transfer.js';
import { Chooser } from './chooser.js';
import { Crew, type CrewOwner } from './crew.js';
import { Dispatcher } from './dispatcher.js';
import { Heartbeats } from './heartbeats.js';
import { IpcSessions } from './ipc-sessions.js';
import { Losses } from './losses.js';
import { MemoryWatch } from './memory-watch.js';
import { PoolReporter } from './pool-reporter.js';
import type { PoolWorker } from './pool-worker.js';
import { Recycler } from './recycler.js';
import type { PoolEnvironment } from './pool-environment.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import { Refusals } from './refusals.js';
import { Settlement } from './settlement.js';
import { Task } from './task.js';
import type { TaskOwner } from './task-owner.js';
import { TaskQueue } from './task-queue.js';
import { unsendableError } from './unsendable-error.js';
import { Withdrawals } from './withdrawals.js';

/** The workings of a pool: brings tasks to workers, and sees to it that every one of them comes to an end. */
export class PoolEngine implements CrewOwner, TaskOwner {
  readonly id = uniqueId();
  readonly queue: TaskQueue<Task>;
  readonly crew: Crew;
  readonly reporter: PoolReporter;
  readonly refusals: Refusals;
  /** Called when tasks have ended or left the queue. */
  onProgress: () => void = () => undefined;
  /** Called when a task that was not yet let in has ended. */
  onForgotten: () => void = () => undefined;
  /** What each new worker has to run first. */
  onNewWorker: () => readonly Task[] = () => [];
  inFlight = 0;
  readonly crossing: Crossing;
  readonly #options: ResolvedPoolOptions;
  readonly #dispatcher: Dispatcher;
  readonly #recycler: Recycler;
  readonly #settlement: Settlement;
  readonly #withdrawals: Withdrawals;
  readonly #losses: Losses;
  readonly #heartbeats: Heartbeats;
  readonly #memory: MemoryWatch;
  readonly #sessions: IpcSessions;

  constructor({ backend, options, events, hub }: PoolEnvironment) {
    this.#sessions = new IpcSessions(hub, options.name);
    this.#options = options;
    this.crossing = crossingTo(backend.kind);
    this.queue = new TaskQueue(options.ageingMs);
    this.reporter = new PoolReporter(this.id, options.name, events);
    this.crew = new Crew(backend, options, this);
    this.#dispatcher = this.#makeDispatcher();
    this.#recycler = new Recycler(options, this.crew, this.reporter);
    this.#heartbeats = new Heartbeats(options, this.crew.workers, this.reporter);
    this.#memory = new MemoryWatch(options, this.crew.workers, this.reporter, {
      replace: (worker) => this.#recycler.outgrown(worker),
      kill: (worker) => {
        worker.isOverMemory = true;
        worker.kill();
        this.crew.grow();
      },
    });
    this.#settlement = new Settlement(this, options);
    this.refusals = new Refusals(this.crew, this.#settlement, options.name);
    this.#withdrawals = new Withdrawals(this, this.#settlement);
    this.#losses = new Losses(this, this.#settlement, options);
  }

  get demand(): { readonly tasks: number; readonly waitedMs: number } {
    const first = this.queue.peek();
    return {
      tasks: this.queue.size,
      waitedMs: first === undefined ? 0 : realTime.now() - first.queuedAt,
    };
  }

  /** Whether nothing waits or runs. */
  get isIdle(): boolean {
    if (this.queue.size > 0 || this.inFlight > 0 || this.#settlement.delayed.size > 0) return false;
    return [...this.crew.workers].every(({ parked }) => parked.length === 0);
  }

  enqueue(task: Task): void {
    if (this.refusals.refuses(task)) return;
    task.place = 'queue';
    this.queue.push(task);
    this.schedule();
  }

  /** Takes a task back that was on its way, before all others. */
  giveBack(tasks: readonly Task[]): void {
    // Who heard of what else became of their worker may have ended them.
    const left = tasks.filter(({ isSettled }) => !isSettled);
    for (const task of left) {
      task.status = 'queued';
      task.worker = undefined;
    }
    const welcome = left.filter((task) => !this.refusals.refuses(task));
    for (const task of welcome) task.place = 'queue';
    this.queue.giveBack(welcome);
    this.schedule();
  }

  /** Hands tasks out at the end of this turn. */
  schedule(): void {
    this.#dispatcher.schedule();
  }

  cancel(task: Task, reason: unknown): boolean {
    return this.#withdrawals.cancel(task, reason);
  }

  /** Ends a task from outside, wherever it is; its result is there at once. */
  end(task: Task, status: 'cancelled' | 'timedOut' | 'failed', error: Error): void {
    this.#withdrawals.end(task, status, error);
  }

  /** A task has waited for too long; one that has begun goes on. */
  endUnlessBegun(task: Task, error: Error): void {
    this.#withdrawals.endUnlessBegun(task, error);
  }

  /** Gives all tasks that wait for another attempt to a function. */
  rejectDelayed(reject: (task: Task) => void): void {
    for (const task of this.#settlement.delayed) reject(task);
  }

  onStart(worker: PoolWorker): void {
    for (const task of this.onNewWorker()) this.pin(task, worker);
  }

  /** Lets a task run in this very worker, after what waits for it. */
  pin(task: Task, worker: PoolWorker): void {
    task.target = worker;
    task.place = 'worker';
    worker.parked.push(task);
    this.schedule();
  }

  onReady(worker: PoolWorker): void {
    this.reporter.ready(worker);
    this.crew.ready(worker);
    this.schedule();
  }

  readonly onSent = (ms: number): void => {
    this.reporter.sends.add(ms);
  };

  onRoom(worker: PoolWorker): void {
    this.#recycler.check(worker);
    this.crew.finish(worker);
    this.schedule();
    this.onProgress();
  }

  onStarted(_: PoolWorker, task: Task): void {
    task.status = 'running';
    task.mail = undefined;
    this.#withdrawals.limit(task);
    this.reporter.started(task);
  }

  onLoading(_: PoolWorker, task: Task): void {
    task.unlimit();
  }

  onDropped(_: PoolWorker, task: Task): void {
    this.inFlight -= 1;
    task.status = 'queued';
    task.worker = undefined;
    if (task.onDropped === undefined) this.giveBack([task]);
    else task.onDropped();
  }

  onDone(_: PoolWorker, task: Task, value: unknown, ms: number): void {
    this.inFlight -= 1;
    // Before anybody hears of it, who might want to end it.
    task.settle('done', value);
    this.reporter.completed(task, ms);
  }

  onFailed(_: PoolWorker, task: Task, error: Error, ms: number): void {
    this.inFlight -= 1;
    this.reporter.runs.add(ms);
    this.#settlement.fail(task, 'error', error);
  }

  onOutput(worker: PoolWorker, task: Task | undefined, stream: 1 | 2, text: string): void {
    task?.printed(stream, text);
    this.reporter.output(worker, task, stream, text);
  }

  onUnsendable(worker: PoolWorker, task: Task, cause: unknown): void {
    if (!task.isInFlight) return;
    this.inFlight -= 1;
    // Whatever is tried, it can not be sent.
    this.#settlement.reject(task, 'failed', unsendableError(task, this.crossing, cause));
    // Its place is free, and no frame will say so.
    this.crew.finish(worker);
    this.schedule();
  }

  onIpc(worker: PoolWorker, frame: unknown): void {
    this.#sessions.receive(worker, frame);
  }

  onPong(worker: PoolWorker): void {
    this.#heartbeats.heard(worker);
    this.#memory.heard(worker);
  }

  onGoing(worker: PoolWorker): void {
    this.#losses.begin(worker);
    this.crew.grow();
  }

  onEnd(worker: PoolWorker, end: WorkerEnd): void {
    this.#sessions.end(worker);
    this.#dispatcher.forget(worker);
    this.#losses.settle(worker, end);
    this.crew.grow();
    this.onProgress();
  }

  #makeDispatcher(): Dispatcher {
    const { queue, crew } = this;
    return new Dispatcher({
      queue,
      workers: crew.workers,
      chooser: new Chooser(this.#options, crew.workers),
      onSend: (task, worker, now) => {
        this.inFlight += 1;
        this.reporter.sent(task, now);
        this.#withdrawals.expectBegin(task, worker);
        this.#recycler.assigned(worker);
      },
      onSent: () => {
        crew.grow();
        this.#heartbeats.watch();
        this.#memory.watch();
        this.onProgress();
      },
    });
  }
}
