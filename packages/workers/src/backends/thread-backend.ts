import { Worker } from 'node:worker_threads';
import type { Transferable } from '../functions/transfer.js';
import type { FromWorker, ToWorker } from '../protocol/frames.js';
import { SharedMarks } from '../worker/shared-marks.js';
import { entryFile } from './entry-file.js';
import { requireDescriptors } from './require-descriptors.js';
import { withdraw } from './withdraw.js';
import type {
  WorkerBackend,
  WorkerChannel,
  WorkerLaunch,
  WorkerListener,
} from './worker-channel.js';

/** Workers that are threads of this process. */
export const threadBackend: WorkerBackend = {
  kind: 'thread',
  start: (launch, listener) => new ThreadChannel(launch, listener),
};

class ThreadChannel implements WorkerChannel {
  readonly pid = undefined;
  readonly threadId: number;
  readonly #worker: Worker;
  readonly #marks: SharedMarks;
  #error: (Error & { readonly code?: unknown }) | undefined;
  #ended = false;
  #isKilled = false;

  constructor(launch: WorkerLaunch, listener: WorkerListener) {
    const { output, env, execArgv, maxHeap, concurrency } = launch;
    this.#marks = new SharedMarks(concurrency);
    requireDescriptors('new Worker');
    const worker = new Worker(entryFile('worker/thread-entry'), {
      workerData: this.#marks.memory,
      env: { ...process.env, ...env },
      // Not read here, which would keep this program for as long as the thread is there: see the worker's side.
      stdout: output !== 'inherit',
      stderr: output !== 'inherit',
      ...(execArgv && { execArgv: [...execArgv] }),
      ...(maxHeap !== undefined && {
        resourceLimits: { maxOldGenerationSizeMb: Math.max(1, Math.floor(maxHeap / 2 ** 20)) },
      }),
    });
    this.#worker = worker;
    // A thread that has ended has none any more.
    this.threadId = worker.threadId;
    worker.on('message', (items: FromWorker[]) => {
      if (!this.#ended) listener.onItems(items);
    });
    worker.on('error', (error) => {
      this.#error ??= error;
    });
    // What it sent can not be read, so nobody knows for whom it was.
    worker.on('messageerror', (error) => {
      this.#error ??= error;
      this.kill();
    });
    worker.once('exit', (exitCode) => {
      this.#ended = true;
      listener.onEnd({
        exitCode,
        signal: null,
        error: this.#error,
        stderr: '',
        outOfMemory: this.#error?.code === 'ERR_WORKER_OUT_OF_MEMORY',
      });
    });
  }

  send(items: readonly ToWorker[], transferList: readonly Transferable[]): void {
    this.#worker.postMessage(items, transferList);
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

  hold(state: 'busy' | 'idle'): void {
    if (state === 'busy') this.#worker.ref();
    else this.#worker.unref();
  }

  kill(): void {
    // Each time would be one more listener.
    if (this.#isKilled) return;
    this.#isKilled = true;
    void this.#worker.terminate();
  }
}
