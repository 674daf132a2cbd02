import { uniqueId } from '@proc/core/internal';
import type { WorkerEnd } from '../backends/worker-channel.js';
import { PoolBrokenError } from '../errors/pool-broken-error.js';
import { TaskCancelledError } from '../errors/task-cancelled-error.js';
import { TaskTimedOutError } from '../errors/task-timed-out-error.js';
import { uncloneableError } from '../errors/uncloneable-value-error.js';
import { Chooser } from './chooser.js';
import { Crew, type CrewOwner } from './crew.js';
import { crashOf, exitReason, remainsOf, startErrorOf } from './crash.js';
import { Dispatcher } from './dispatcher.js';
import { Endings } from './endings.js';
import { Heartbeats } from './heartbeats.js';
import { PoolReporter } from './pool-reporter.js';
import type { PoolWorker } from './pool-worker.js';
import { Recycler } from './recycler.js';
import type { PoolEnvironment } from './pool-environment.js';
import type { ResolvedPoolOptions } from './resolve-pool-options.js';
import { Settlement } from './settlement.js';
import { Task, type TaskOwner } from './task.js';
import { TaskQueue } from './task-queue.js';

/** The workings of a pool: brings tasks to workers, and sees to it that every one of them comes to an end. */
export class PoolEngine implements CrewOwner, TaskOwner {
  readonly id = uniqueId();
  readonly queue: TaskQueue<Task>;
  readonly crew: Crew;
  readonly reporter: PoolReporter;
  /** Called when tasks have ended or left the queue. */
  onProgress: () => void = () => undefined;
  /** Called when a task that was not yet let in has ended. */
  onForgotten: () => void = () => undefined;
  /** What each new worker has to run first. */
  onNewWorker: () => readonly Task[] = () => [];
  inFlight = 0;
  readonly #options: ResolvedPoolOptions;
  readonly #crossing: 'thread' | 'process';
  readonly #dispatcher: Dispatcher;
  readonly #endings: Endings;
  readonly #recycler: Recycler;
  readonly #settlement: Settlement;
  readonly #heartbeats: Heartbeats;

  constructor({ backend, options, events }: PoolEnvironment) {
    this.#options = options;
    this.#crossing = backend.kind === 'process' ? 'process' : 'thread';
    this.queue = new TaskQueue(options.ageingMs);
    this.reporter = new PoolReporter(this.id, options.name, events);
    this.crew = new Crew(backend, options, this);
    this.#endings = new Endings(this.crew);
    this.#dispatcher = this.#makeDispatcher();
    this.#recycler = new Recycler(options, this.crew, this.reporter);
    this.#heartbeats = new Heartbeats(options.heartbeatMs, this.crew.workers, this.reporter);
    this.#settlement = new Settlement(this, options);
  }

  get demand(): { readonly tasks: number; readonly waitedMs: number } {
    const first = this.queue.peek();
    return {
      tasks: this.queue.size,
      waitedMs: first === undefined ? 0 : performance.now() - first.queuedAt,
    };
  }

  /** Whether nothing waits or runs. */
  get isIdle(): boolean {
    return this.queue.size === 0 && this.inFlight === 0 && this.#settlement.delayed.size === 0;
  }

  enqueue(task: Task): void {
    const { circuit } = this.crew;
    if (circuit.isOpen(performance.now())) {
      this.#settlement.reject(task, 'failed', this.#brokenError());
      return;
    }
    task.place = 'queue';
    this.queue.push(task);
    this.schedule();
  }

  /** Takes a task back that was on its way, before all others. */
  giveBack(tasks: readonly Task[]): void {
    for (const task of tasks) {
      task.status = 'queued';
      task.place = 'queue';
      task.worker = undefined;
    }
    this.queue.giveBack(tasks);
    this.schedule();
  }

  /** Hands tasks out at the end of this turn. */
  schedule(): void {
    this.#dispatcher.schedule();
  }

  cancel(task: Task, reason: unknown): boolean {
    if (task.isSettled) return false;
    const error = new TaskCancelledError(task.id, task.name, reason);
    this.end(task, 'cancelled', error);
    return true;
  }

  /** Ends a task from outside, wherever it is; its result is there at once. */
  end(task: Task, status: 'cancelled' | 'timedOut' | 'failed', error: Error): void {
    this.leave(task, error);
    this.#settlement.reject(task, status, error);
  }

  /** Gives all tasks that wait for another attempt to a function. */
  rejectDelayed(reject: (task: Task) => void): void {
    for (const task of this.#settlement.delayed) reject(task);
  }

  /** Takes a task away from where it is. One that may run is asked to end, and its worker made to, after the grace. */
  leave(task: Task, reason: Error): void {
    if (task.place === 'queue') this.queue.forget();
    else if (task.place === 'outside') this.onForgotten();
    const { worker, seq } = task;
    if (task.isInFlight && worker !== undefined) {
      this.inFlight -= 1;
      task.unlimit();
      worker.abandon(seq, reason);
      this.#endings.after(task.options.graceMs, worker, seq);
    }
    task.place = 'none';
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

  onRoom(worker: PoolWorker): void {
    this.#recycler.check(worker);
    this.crew.finish(worker);
    worker.hold();
    this.schedule();
    this.onProgress();
  }

  onStarted(_: PoolWorker, task: Task): void {
    task.status = 'running';
    const { timeoutMs } = task.options;
    if (timeoutMs !== undefined) {
      task.limit(timeoutMs, () => {
        const error = new TaskTimedOutError(task.id, task.name, 'timeout', timeoutMs);
        this.leave(task, error);
        this.#settlement.fail(task, 'timeout', error);
      });
    }
    this.reporter.started(task);
  }

  onDone(_: PoolWorker, task: Task, value: unknown, ms: number): void {
    this.inFlight -= 1;
    this.reporter.completed(task, ms);
    task.settle('done', value);
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

  onUnsendable(_: PoolWorker, task: Task, cause: unknown): void {
    if (!task.isInFlight) return;
    this.inFlight -= 1;
    // Whatever is tried, it can not be sent.
    const error = uncloneableError('argument', task.args, this.#crossing, cause);
    this.#settlement.reject(task, 'failed', error);
  }

  onPong(worker: PoolWorker): void {
    this.#heartbeats.heard(worker);
  }

  onEnd(worker: PoolWorker, end: WorkerEnd): void {
    const wasStarting = this.crew.remove(worker);
    const reason = exitReason(worker, wasStarting);
    this.reporter.exited(worker, reason, end);
    const { unstarted, lost } = remainsOf(worker, this.#options.poisonAfter);
    this.inFlight -= unstarted.length + lost.length;
    worker.inFlight.clear();
    for (const task of lost) this.#settlement.fail(task, 'crash', crashOf(task, worker, end));
    for (const task of unstarted) task.returns += 1;
    this.reporter.requeuedCount += unstarted.length;
    const parked = worker.parked.drain().filter((task) => task.place === 'worker');
    for (const task of parked) {
      if (task.target === undefined) continue;
      this.#settlement.reject(task, 'failed', crashOf(task, worker, end));
    }
    this.giveBack([...unstarted, ...parked.filter((task) => task.target === undefined)]);
    if (reason === 'startFailed') this.#startFailed(worker, end);
    this.crew.grow();
    this.onProgress();
  }

  #makeDispatcher(): Dispatcher {
    const { queue, crew } = this;
    return new Dispatcher({
      queue,
      workers: crew.workers,
      chooser: new Chooser(this.#options.strategy, crew.workers),
      onSend: (task, worker) => {
        this.inFlight += 1;
        this.reporter.sent(task);
        this.#recycler.assigned(worker);
      },
      onSent: () => {
        crew.grow();
        this.#heartbeats.watch();
        this.onProgress();
      },
    });
  }

  #startFailed(worker: PoolWorker, end: WorkerEnd): void {
    const { circuit } = this.crew;
    const cause = startErrorOf(worker, end);
    circuit.fail(cause, performance.now());
    if (!circuit.isTripped) return;
    const error = this.#brokenError();
    for (const task of this.queue.drain()) this.#settlement.reject(task, 'failed', error);
  }

  #brokenError(): PoolBrokenError {
    const { failures, cause } = this.crew.circuit;
    return new PoolBrokenError(this.#options.name, failures, cause);
  }
}
