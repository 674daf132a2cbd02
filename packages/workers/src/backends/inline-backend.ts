import type { Transferable } from '../functions/transfer.js';
import type { FromWorker, ToWorker } from '../protocol/frames.js';
import { WorkerRuntime } from '../worker/worker-runtime.js';
import { SharedMarks } from '../worker/shared-marks.js';
import type { WorkerBackend, WorkerChannel, WorkerListener } from './worker-channel.js';

/** Workers that are no workers: tasks run in this very thread. Their values are copied all the same. */
export const inlineBackend: WorkerBackend = {
  kind: 'inline',
  start: (_, listener) => new InlineChannel(listener),
};

class InlineChannel implements WorkerChannel {
  readonly pid = process.pid;
  readonly threadId = undefined;
  readonly #marks = new SharedMarks();
  readonly #runtime: WorkerRuntime;
  readonly #listener: WorkerListener;
  #ended = false;

  constructor(listener: WorkerListener) {
    this.#listener = listener;
    this.#runtime = new WorkerRuntime({
      kind: 'inline',
      send: (items, transferList) => {
        this.#deliver(cloned(items, transferList));
      },
      markStarted: (seq) => {
        this.#marks.markStarted(seq);
      },
      isAborted: (seq) => this.#marks.isAborted(seq),
      memory: () => process.memoryUsage().heapUsed,
      exit: () => this.#end(),
    });
  }

  send(items: readonly ToWorker[], transferList: readonly Transferable[]): void {
    const copy = cloned(items, transferList);
    // In a turn of its own, as it would be anywhere else.
    setImmediate(() => {
      if (!this.#ended) this.#runtime.receive(copy);
    });
  }

  started(): number {
    return this.#marks.started;
  }

  abort(seq: number): void {
    this.#marks.abort(seq);
  }

  hold(): void {
    // It is this program itself.
  }

  /** A function that runs can not be stopped from within its own thread; it is heard of no more. */
  kill(): void {
    this.#end();
  }

  #deliver(items: readonly FromWorker[]): void {
    setImmediate(() => {
      if (!this.#ended) this.#listener.onItems(items);
    });
  }

  #end(): void {
    setImmediate(() => {
      if (this.#ended) return;
      this.#ended = true;
      const end = { exitCode: 0, signal: null, error: undefined, stderr: '', outOfMemory: false };
      this.#listener.onEnd(end);
    });
  }
}

function cloned<T>(value: T, transferList: readonly Transferable[]): T {
  return structuredClone(value, { transfer: [...transferList] as ArrayBuffer[] });
}
