import { AsyncResource } from 'node:async_hooks';
import { inspect } from 'node:util';
import { realTime, warnOfListener } from '@proc/core/internal';
import type { TaskHandle, TaskStatus } from '../contracts/task-handle.js';
import type { TaskReference } from '../functions/task-reference.js';
import { AttemptLimit } from './attempt-limit.js';
import type { PoolWorker } from './pool-worker.js';
import { requireSendable } from './require-sendable.js';
import type { ResolvedTaskOptions } from './resolve-task-options.js';
import { TaskOutput } from './task-output.js';
import type { TaskOwner } from './task-owner.js';

/** A task from its submission to its end. Made for every one of many, so what few need is made when it is needed. */
export class Task implements TaskHandle {
  status: TaskStatus = 'queued';
  attempt = 1;
  /** Workers that died while it ran. */
  crashes = 0;
  /** How often it came back since its worker was gone before it began. */
  returns = 0;
  worker: PoolWorker | undefined;
  /** Its number in its worker. */
  seq = 0;
  /** Where it waits: in the queue, for one worker, for its retry, or for room. */
  place: 'queue' | 'worker' | 'retry' | 'outside' | 'none' = 'none';
  /** Only for this worker. */
  target: PoolWorker | undefined;
  queuedAt = realTime.now();
  /** What it was sent before it was known to have begun; goes along whenever it is sent to a worker. */
  mail: unknown[] | undefined;
  /** What is to become of it when its worker says that it has dropped it. */
  onDropped: (() => void) | undefined;
  /** Run when it has ended: ends timers and subscriptions. */
  cleanups: (() => void)[] | undefined;
  #limit: AttemptLimit | undefined;
  #listeners: ((value: unknown) => void)[] | undefined;
  #output: TaskOutput | undefined;
  #promise: Promise<unknown> | undefined;
  #resolve: ((value: unknown) => void) | undefined;
  #reject: ((error: Error) => void) | undefined;
  /** What it came to; only where nobody has asked before. */
  #ended: unknown;
  #mayBeMissed = false;
  #isAccepted = false;
  #onAccepted: (() => void) | undefined;
  #accepted: Promise<void> | undefined;

  constructor(
    readonly owner: TaskOwner,
    readonly number: number,
    readonly reference: TaskReference,
    readonly args: readonly unknown[],
    readonly options: ResolvedTaskOptions,
  ) {
    if (options.onEmit !== undefined) this.onEmit(options.onEmit);
  }

  get id(): string {
    return `${this.owner.id}:${this.number}`;
  }

  get name(): string {
    return this.options.name ?? this.reference.name;
  }

  get priority(): number {
    return this.options.priority;
  }

  get isQueued(): boolean {
    return this.status === 'queued';
  }

  get isSettled(): boolean {
    return this.status !== 'queued' && this.status !== 'waiting' && !this.isInFlight;
  }

  get isInFlight(): boolean {
    return this.status === 'sent' || this.status === 'running';
  }

  /** Whether its worker must have nothing else: it may have to be ended for it. */
  get isAlone(): boolean {
    return this.options.timeoutMs !== undefined;
  }

  get result(): Promise<unknown> {
    const { outcome } = this;
    if (!this.#mayBeMissed) {
      this.#mayBeMissed = true;
      // The handle is asked for it when somebody wants to know.
      outcome.catch(ignore);
    }
    return outcome;
  }

  /** The same for who sees to its failure. Made when it is asked for, so that nothing is made that nobody takes. */
  get outcome(): Promise<unknown> {
    this.#promise ??= this.#makePromise();
    return this.#promise;
  }

  get accepted(): Promise<void> {
    if (this.#isAccepted) return Promise.resolve();
    this.#accepted ??= new Promise((resolve, reject) => {
      this.#onAccepted = resolve;
      this.result.catch(reject);
    });
    return this.#accepted;
  }

  /** Neither its arguments nor the whole pool. */
  [inspect.custom](): unknown {
    const { id, name, status, attempt, workerId } = this;
    return { id, name, status, attempt, workerId };
  }

  get workerId(): number | undefined {
    return this.worker?.id;
  }

  get pid(): number | undefined {
    return this.isInFlight ? this.worker?.pid : undefined;
  }

  get threadId(): number | undefined {
    return this.isInFlight ? this.worker?.threadId : undefined;
  }

  get stdout(): string {
    return this.#output?.stdout ?? '';
  }

  get stderr(): string {
    return this.#output?.stderr ?? '';
  }

  cancel(reason?: unknown): boolean {
    return this.owner.cancel(this, reason);
  }

  send(value: unknown): void {
    if (this.isSettled) return;
    const { worker } = this;
    if (!this.isInFlight || worker === undefined) requireSendable(value, this.owner.crossing);
    else {
      worker.message(this, value);
      // Not every worker announces each task; but whether it has begun can be seen.
      if (this.status === 'running' || worker.lastStarted >= this.seq) {
        this.mail = undefined;
        return;
      }
    }
    (this.mail ??= []).push(value);
  }

  onEmit(listener: (value: unknown) => void): this {
    // In the asynchronous context of who listens, whatever brought the value here.
    (this.#listeners ??= []).push(AsyncResource.bind(listener));
    return this;
  }

  /** There is room for it in its pool. */
  accept(): void {
    this.status = 'queued';
    this.#isAccepted = true;
    this.#onAccepted?.();
  }

  emitted(value: unknown): void {
    for (const listener of this.#listeners ?? []) {
      try {
        listener(value);
      } catch (error) {
        // It is nobody's task to fail for a listener.
        warnOfListener(this.id, error);
      }
    }
  }

  printed(stream: 1 | 2, text: string): void {
    this.#output ??= new TaskOutput();
    this.#output.add(stream, text);
  }

  /** Of this attempt. */
  limit(ms: number, elapsed: () => void): void {
    this.#limit?.end();
    this.#limit = new AttemptLimit(ms, elapsed);
  }

  /** Has the time pass at once. @returns whether the attempt has begun, and so has a limit */
  elapse(): boolean {
    if (this.#limit === undefined || this.status !== 'running') return false;
    this.#limit.elapse();
    return true;
  }

  /** Whether a limit of this attempt counts. */
  get isLimited(): boolean {
    return this.#limit !== undefined;
  }

  unlimit(): void {
    this.#limit?.end();
    this.#limit = undefined;
  }

  settle(status: 'done', value: unknown): void;
  settle(status: 'failed' | 'cancelled' | 'timedOut', error: Error): void;
  settle(status: TaskStatus, outcome: unknown): void {
    this.status = status;
    this.mail = undefined;
    this.unlimit();
    if (this.cleanups !== undefined) {
      for (const cleanup of this.cleanups) cleanup();
      this.cleanups = undefined;
    }
    if (this.#promise === undefined) this.#ended = outcome;
    else if (status === 'done') this.#resolve?.(outcome);
    else this.#reject?.(outcome as Error);
    // It is known for some time still.
    this.#resolve = undefined;
    this.#reject = undefined;
  }

  #makePromise(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (!this.isSettled) {
        this.#resolve = resolve;
        this.#reject = reject;
      } else if (this.status === 'done') resolve(this.#ended);
      else reject(this.#ended);
    });
  }
}

function ignore(): void {
  // See `result`.
}
