import { parentPort, workerData } from 'node:worker_threads';
import type { ToWorker } from '../protocol/frames.js';
import { WorkerRuntime } from './worker-runtime.js';
import { SharedMarks } from './shared-marks.js';

const marks = new SharedMarks(workerData as SharedArrayBuffer);

const runtime = new WorkerRuntime({
  kind: 'thread',
  send: (items, transferList) => parentPort?.postMessage(items, transferList),
  markStarted: (seq) => {
    marks.markStarted(seq);
  },
  isAborted: (seq) => marks.isAborted(seq),
  isWithdrawn: (seq) => marks.isAborted(seq),
  memory: () => process.memoryUsage().heapUsed,
  exit: () => parentPort?.close(),
});

parentPort?.on('message', (items: readonly ToWorker[]) => {
  runtime.receive(items);
});
process.on('uncaughtException', (error: unknown) => {
  runtime.fail(error);
  process.exit(1);
});
process.on('exit', () => {
  runtime.end();
});
