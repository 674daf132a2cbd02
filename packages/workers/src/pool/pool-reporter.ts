import { AsyncResource } from 'node:async_hooks';
import type { EventDispatcher, EventClass, ProcEvent } from '@proc/core';
import { realTime, warnOfListener } from '@proc/core/internal';
import {
  TaskCompleted,
  TaskFailed,
  type TaskIdentity,
  TaskRetrying,
  TaskStarted,
  TaskSubmitted,
} from '../events/task-events.js';
import {
  WorkerExited,
  type WorkerExitReason,
  type WorkerIdentity,
  WorkerOutput,
  WorkerOverMemory,
  WorkerReady,
  WorkerRecycled,
  WorkerResponsive,
  WorkerUnresponsive,
} from '../events/worker-events.js';
import { channelOf } from '../events/event-channels.js';
import type { WorkerEnd } from '../backends/worker-channel.js';
import type { PoolWorker } from './pool-worker.js';
import type { Task } from './task.js';
import { TimeHistogram } from './time-histogram.js';

const OF_TASKS = [TaskStarted, TaskCompleted, TaskRetrying, TaskFailed];

/** Counts what happens in a pool, and tells those who listen. */
export class PoolReporter {
  submittedCount = 0;
  completedCount = 0;
  retriedCount = 0;
  requeuedCount = 0;
  crashedCount = 0;
  recycledCount = 0;
  readonly ended = { failed: 0, cancelled: 0, timedOut: 0 };
  readonly waits = new TimeHistogram();
  readonly runs = new TimeHistogram();
  readonly sends = new TimeHistogram();
  readonly #poolId: string;
  readonly #poolName: string;
  readonly #events: () => EventDispatcher | undefined;
  /** Of whoever has submitted a task, for those who hear of it. */
  readonly #contexts = new WeakMap<Task, AsyncResource>();
  #asked = false;
  /** Whether anybody hears of tasks in this turn. */
  #tellsOfTasks: boolean | undefined;
  #warned = false;
  #dispatcher: EventDispatcher | undefined;

  constructor(poolId: string, poolName: string, events: () => EventDispatcher | undefined) {
    this.#poolId = poolId;
    this.#poolName = poolName;
    this.#events = events;
  }

  submitted(task: Task): void {
    this.submittedCount += 1;
    this.#tellsOfTasks ??= OF_TASKS.some((type) => this.#isHeard(type));
    if (this.#tellsOfTasks) this.#contexts.set(task, new AsyncResource('ProcTask'));
    // No function is made for what nobody hears, where there is one for each task.
    if (!this.#isHeard(TaskSubmitted)) return;
    this.#tell(TaskSubmitted, () => new TaskSubmitted(...this.#about(task)));
  }

  /** @param now - when it was */
  sent(task: Task, now: number): void {
    this.waits.add(now - task.queuedAt);
  }

  started(task: Task): void {
    this.#tellOf(task, TaskStarted, () => new TaskStarted(...this.#about(task)));
  }

  completed(task: Task, ms: number): void {
    this.completedCount += 1;
    this.runs.add(ms);
    if (!this.#isHeard(TaskCompleted)) return;
    this.#tellOf(task, TaskCompleted, () => new TaskCompleted(...this.#about(task), ms));
  }

  retrying(task: Task, error: Error, delayMs: number): void {
    this.retriedCount += 1;
    this.#tellOf(task, TaskRetrying, () => new TaskRetrying(...this.#about(task), error, delayMs));
  }

  failed(task: Task, status: 'failed' | 'cancelled' | 'timedOut', error: Error): void {
    this.ended[status] += 1;
    this.#tellOf(task, TaskFailed, () => new TaskFailed(...this.#about(task), status, error));
  }

  ready(worker: PoolWorker): void {
    this.#tell(WorkerReady, () => new WorkerReady(...this.#of(worker)));
  }

  exited(worker: PoolWorker, reason: WorkerExitReason, { exitCode, signal }: WorkerEnd): void {
    if (reason === 'crashed') this.crashedCount += 1;
    this.#tell(WorkerExited, () => new WorkerExited(...this.#of(worker), reason, exitCode, signal));
  }

  recycled(worker: PoolWorker, reason: 'tasks' | 'age' | 'memory'): void {
    this.recycledCount += 1;
    this.#tell(WorkerRecycled, () => new WorkerRecycled(...this.#of(worker), reason));
  }

  overMemory(worker: PoolWorker, memory: number, limit: number): void {
    this.#tell(
      WorkerOverMemory,
      () => new WorkerOverMemory(...this.#of(worker), memory, limit, tasksOf(worker)),
    );
  }

  unresponsive(worker: PoolWorker, silentMs: number): void {
    this.#tell(
      WorkerUnresponsive,
      () => new WorkerUnresponsive(...this.#of(worker), silentMs, tasksOf(worker)),
    );
  }

  responsive(worker: PoolWorker): void {
    this.#tell(WorkerResponsive, () => new WorkerResponsive(...this.#of(worker)));
  }

  output(worker: PoolWorker, task: Task | undefined, stream: 1 | 2, text: string): void {
    const name = stream === 1 ? 'stdout' : 'stderr';
    this.#tell(
      WorkerOutput,
      () => new WorkerOutput(...this.#of(worker), task?.id ?? null, name, text),
    );
  }

  #tellOf(task: Task, type: EventClass, make: () => ProcEvent): void {
    const context = this.#contexts.get(task);
    if (context === undefined) this.#tell(type, make);
    else context.runInAsyncScope(() => this.#tell(type, make));
  }

  #tell(type: EventClass, make: () => ProcEvent): void {
    if (!this.#isHeard(type)) return;
    const event = make();
    if (this.#hasListeners(type)) void this.#dispatch(event);
    channelOf(type)?.publish(event);
  }

  /** No result is lost, and no frame left unread, for what those do who only listen. */
  async #dispatch(event: ProcEvent): Promise<void> {
    try {
      await this.#current()?.dispatch(event);
    } catch (error) {
      warnOfListener(event.name, error);
    }
  }

  #isHeard(type: EventClass): boolean {
    return this.#hasListeners(type) || channelOf(type)?.hasSubscribers === true;
  }

  #hasListeners(type: EventClass): boolean {
    try {
      return this.#current()?.hasListeners(type) === true;
    } catch (error) {
      this.#warnOnce(error);
      return false;
    }
  }

  /** Another one may take its place, but not in the middle of a turn: a container is slow to ask for each task. */
  #current(): EventDispatcher | undefined {
    if (!this.#asked) {
      this.#asked = true;
      this.#dispatcher = undefined;
      realTime.nextTick(() => {
        this.#asked = false;
        this.#tellsOfTasks = undefined;
      });
      this.#dispatcher = this.#events();
    }
    return this.#dispatcher;
  }

  /** What can not be asked now can not be asked for the next task either. */
  #warnOnce(error: unknown): void {
    if (!this.#warned) warnOfListener(`the pool "${this.#poolName}"`, error);
    this.#warned = true;
  }

  #about(task: Task): [string, string, TaskIdentity] {
    const { id, name, attempt, workerId } = task;
    return [this.#poolId, this.#poolName, { id, name, attempt, workerId }];
  }

  #of({ id, pid, threadId }: PoolWorker): [string, string, WorkerIdentity] {
    return [this.#poolId, this.#poolName, { id, pid, threadId }];
  }
}

function tasksOf({ inFlight }: PoolWorker): string[] {
  return inFlight.values().flatMap((task) => task?.id ?? []);
}
