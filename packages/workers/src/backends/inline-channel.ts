import { realTime } from '@proc/core/internal';
import { loadErrors } from '../errors/late-errors.js';
import type { LoadedTask, WrapTask } from '../functions/loaded-task.js';
import type { Transferable } from '../functions/transfer.js';
import type { FromWorker, ToWorker } from '../protocol/frames.js';
import type { TaskContext } from '../contracts/task-context.js';
import { runDeeper } from '../worker/current-depth.js';
import { runWithIpc } from '../worker/current-ipc.js';
import { SharedMarks } from '../worker/shared-marks.js';
import { WorkerRuntime } from '../worker/worker-runtime.js';
import { withdraw } from './withdraw.js';
import type { WorkerChannel, WorkerEnd, WorkerListener } from './worker-channel.js';

/** What a worker in this very thread passes for. */
export interface InlineMake {
  readonly pid: number | undefined;
  readonly threadId: number | undefined;
  /**
   * Copies what crosses.
   *
   * @throws a `DataCloneError` for what can not be copied
   */
  readonly copy: <T>(value: T, transferList: readonly Transferable[]) => T;
  readonly wrap?: WrapTask | undefined;
  /** Tasks that run at once. */
  readonly concurrency: number;
}

const LEFT: WorkerEnd = {
  exitCode: 0,
  signal: null,
  error: undefined,
  stderr: '',
  outOfMemory: false,
};

/**
 * A worker that is none: its tasks run in this very thread. Its turns are taken by the system's clock, also where a
 * test has put another in its place.
 */
export class InlineChannel implements WorkerChannel {
  readonly pid: number | undefined;
  readonly threadId: number | undefined;
  readonly #copy: InlineMake['copy'];
  readonly #marks: SharedMarks;
  readonly #runtime: WorkerRuntime;
  readonly #listener: WorkerListener;
  #killed = false;
  #ended = false;

  constructor(listener: WorkerListener, make: InlineMake) {
    const { pid, threadId, copy, wrap, concurrency } = make;
    this.#marks = new SharedMarks(concurrency);
    this.pid = pid;
    this.threadId = threadId;
    this.#copy = copy;
    this.#listener = listener;
    loadErrors();
    this.#runtime = new WorkerRuntime({
      kind: 'inline',
      afterPromises: (task) => {
        realTime.queueMicrotask(() => realTime.nextTick(task));
      },
      wrap: (task) => deeper(wrap?.(task) ?? task),
      send: (items, transferList) => {
        this.#deliver(copy(items, transferList));
      },
      markStarted: (seq) => {
        // What is dropped then has not begun.
        if (!this.#killed) this.#marks.markStarted(seq);
      },
      isAborted: (seq) => this.#killed || this.#marks.isAborted(seq),
      isWithdrawn: (seq) => this.#killed || this.#marks.isAborted(seq),
      memory: () => process.memoryUsage().heapUsed,
      exit: () => {
        this.end(LEFT);
      },
    });
  }

  send(items: readonly ToWorker[], transferList: readonly Transferable[]): void {
    const copy = this.#copy(items, transferList);
    // In a turn of its own, as it would be anywhere else.
    realTime.setImmediate(() => {
      if (!this.#ended) this.#runtime.receive(copy);
    });
  }

  started(): number {
    return this.#marks.started;
  }

  abort(seq: number): void {
    this.#marks.abort(seq);
  }

  withdraw(seq: number): boolean {
    return withdraw(this.#marks, seq);
  }

  hold(): void {
    // It is this program itself.
  }

  /** A function that runs can not be stopped from within its own thread; it is heard of no more. */
  kill(): void {
    // What has not begun must not do so now: it goes on elsewhere.
    this.#killed = true;
    this.end(LEFT);
  }

  /** Is gone in this way, whatever it was doing. */
  end(end: WorkerEnd): void {
    realTime.setImmediate(() => {
      if (this.#ended) return;
      this.#ended = true;
      this.#listener.onEnd(end);
    });
  }

  #deliver(items: readonly FromWorker[]): void {
    realTime.setImmediate(() => {
      if (!this.#ended) this.#listener.onItems(items);
    });
  }
}

/** Work within its task must not wait for the place that the task itself has. */
function deeper(task: LoadedTask): LoadedTask {
  return {
    ...task,
    fn: (...args) => {
      const context = args.at(-1) as TaskContext;
      return runWithIpc(
        () => context.ipc,
        () => runDeeper(() => task.fn(...args)),
      );
    },
  };
}
