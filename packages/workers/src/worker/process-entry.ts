import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import type { ToWorker } from '../protocol/frames.js';
import { FrameSocket } from '../protocol/frame-socket.js';
import { WorkerRuntime } from './worker-runtime.js';
import type { WorkerLink } from './worker-link.js';

/** The stream that goes to the pool and comes from there. */
const CHANNEL = 3;
/** Where the number of the task that runs is noted. */
const MARKS = 4;

const marks = new Int32Array(1);
const hasMarks = process.env['PROC_WORKER_MARKS'] === '1';
delete process.env['PROC_WORKER_MARKS'];

const channel = new FrameSocket(new Socket({ fd: CHANNEL, readable: true, writable: true }), {
  onItems(items) {
    runtime.receive(items as unknown as readonly ToWorker[]);
  },
  onClose() {
    // Whatever `teardown` does: nobody is left to wait for it.
    setTimeout(() => process.exit(), 1500).unref();
    void runtime.leave().finally(() => process.exit());
  },
});

const link: WorkerLink = {
  kind: 'process',
  send(items) {
    channel.send(items);
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
    channel.close(() => process.exit());
  },
};

const runtime = new WorkerRuntime(link);

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
