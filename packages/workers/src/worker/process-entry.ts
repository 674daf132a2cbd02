import { writeSync } from 'node:fs';
import type { ToWorker } from '../protocol/frames.js';
import { WorkerRuntime } from './worker-runtime.js';
import type { WorkerLink } from './worker-link.js';

/** Where the number of the task that runs is noted: the stream after the channel. */
const MARKS = 4;

const marks = new Int32Array(1);
const hasMarks = process.env['PROC_WORKER_MARKS'] === '1';
delete process.env['PROC_WORKER_MARKS'];

const link: WorkerLink = {
  kind: 'process',
  send(items) {
    // A pool that is gone hears nothing; that it goes is told by 'disconnect'.
    if (process.connected) process.send?.(items, undefined, undefined, () => undefined);
  },
  markStarted(seq) {
    if (!hasMarks) return;
    marks[0] = seq;
    writeSync(MARKS, marks, 0, 4, 0);
  },
  isAborted: () => false,
  memory: () => process.memoryUsage.rss(),
  exit() {
    // What was sent has to be out first.
    if (process.connected) process.disconnect();
    else process.exit();
  },
};

const runtime = new WorkerRuntime(link);

process.on('message', (items: readonly ToWorker[]) => {
  runtime.receive(items);
});
process.on('disconnect', () => {
  // Whatever `teardown` does: nobody is left to wait for it.
  setTimeout(() => process.exit(), 1500).unref();
  void runtime.leave().finally(() => process.exit());
});
// From the terminal, where there are no sessions to keep it away: the pool decides when its workers end.
process.on('SIGINT', () => undefined);
process.on('uncaughtException', (error: unknown) => {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? String(error)) : String(error)}\n`,
  );
  runtime.fail(error);
  process.exit(1);
});
process.on('exit', () => {
  runtime.flush();
});
