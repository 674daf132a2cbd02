import { allowManyListeners, realTime } from '@proc/core/internal';
import type { ParallelPool, SubmittedChunk } from '../flow/parallel-pool.js';
import type { ItemFailures } from '../item-failures.js';
import { ParallelRun, type RunDriver } from '../parallel-run.js';
import type { Track } from '../start-flow.js';
import type { ReadyTask } from './ready-tasks.js';

/** What a batch of tasks is made of. */
export interface TaskBatch {
  readonly tasks: readonly ReadyTask[];
  readonly pool: ParallelPool;
  readonly maxConcurrent: number;
  readonly signal: AbortSignal | undefined;
  readonly timeout: number | undefined;
  readonly track: Track;
  readonly failures: ItemFailures;
}

type Sink = ParallelRun<unknown>['sink'];

/** Runs tasks, so many at once; their results are in the order of the tasks. */
export function runTasks(batch: TaskBatch): ParallelRun<unknown> {
  return new ParallelRun((sink) => new TaskFlow(batch, sink));
}

class TaskFlow implements RunDriver {
  readonly #batch: TaskBatch;
  readonly #sink: Sink;
  readonly #running = new Map<number, SubmittedChunk>();
  /** Results that wait for an earlier one. */
  readonly #early = new Map<number, unknown>();
  readonly #forget: () => void;
  #next = 0;
  #handedOn = 0;
  #done = 0;
  #over = false;

  constructor(batch: TaskBatch, sink: Sink) {
    this.#batch = batch;
    this.#sink = sink;
    this.#forget = batch.track((reason) => {
      this.stop(reason);
    });
    if (batch.signal !== undefined) {
      allowManyListeners(batch.signal);
      batch.signal.addEventListener('abort', this.#abort, { once: true });
    }
    realTime.queueMicrotask(() => {
      if (batch.signal?.aborted === true) this.#abort();
      else this.#advance();
    });
  }

  get progress(): { done: number; total: number } {
    return { done: this.#done, total: this.#batch.tasks.length };
  }

  get running(): number {
    return this.#running.size;
  }

  taken(): void {
    // There are as many results as tasks that somebody wrote down: all of them can wait.
  }

  stop(error: unknown): void {
    if (this.#over) return;
    this.#end(error);
    this.#sink.end({ error });
  }

  async close(): Promise<void> {
    if (!this.#over) this.#end(undefined);
  }

  readonly #abort = (): void => {
    this.stop(this.#batch.signal?.reason);
  };

  #end(reason: unknown): void {
    this.#over = true;
    this.#forget();
    this.#batch.signal?.removeEventListener('abort', this.#abort);
    for (const submitted of this.#running.values()) submitted.cancel(reason);
    this.#running.clear();
  }

  #advance(): void {
    const { tasks, maxConcurrent } = this.#batch;
    while (!this.#over && this.#running.size < maxConcurrent && this.#next < tasks.length) {
      const task = tasks[this.#next];
      if (task !== undefined) this.#send(this.#next, task);
      this.#next += 1;
    }
    if (this.#over || this.#running.size > 0) return;
    this.#end(undefined);
    this.#sink.end({});
  }

  #send(index: number, { reference, args }: ReadyTask): void {
    const { pool, timeout, failures } = this.#batch;
    try {
      const submitted = pool.submitTask(reference, args, {
        ...(reference.name !== '' && { name: reference.name }),
        ...(timeout !== undefined && { timeout }),
      });
      this.#running.set(index, submitted);
      submitted.result.then(
        (result) => {
          if (this.#running.delete(index)) this.#settle(index, result);
        },
        (error: unknown) => {
          if (this.#running.delete(index)) this.stop(failures.of(index, error));
        },
      );
    } catch (error) {
      this.stop(error);
    }
  }

  #settle(index: number, result: unknown): void {
    this.#done += 1;
    this.#early.set(index, result);
    while (this.#early.has(this.#handedOn)) {
      this.#sink.add({ results: [this.#early.get(this.#handedOn)], items: 1 });
      this.#early.delete(this.#handedOn);
      this.#handedOn += 1;
    }
    this.#advance();
  }
}
