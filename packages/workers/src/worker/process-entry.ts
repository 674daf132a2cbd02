import { Socket } from 'node:net';
import type { ToWorker } from '../protocol/frames.js';
import { type FrameListener, FrameSocket } from '../protocol/frame-socket.js';
import { DirectWriter } from './direct-writer.js';
import { ProcessMarks } from './process-marks.js';
import { realClock } from './real-clock.js';
import { WorkerRuntime } from './worker-runtime.js';
import type { WorkerLink } from './worker-link.js';

/** The stream that goes to the pool and comes from there. */
const CHANNEL = 3;
/** Where the number of the task that runs is noted, and what the pool takes back. */
const MARKS = 4;

const marks = new ProcessMarks(MARKS, Number(process.env['PROC_WORKER_MARKS'] ?? 0));
delete process.env['PROC_WORKER_MARKS'];

const socket = new Socket({ fd: CHANNEL, readable: true, writable: true });
/** Only sockets can be written to beside what is done with them else; a pipe of Windows is none. */
const writer = process.platform === 'win32' ? undefined : new DirectWriter(CHANNEL, socket);
const listener: FrameListener = {
  onItems(items) {
    runtime.receive(items as unknown as readonly ToWorker[]);
  },
  onClose(error) {
    // The end of what it prints goes into the error of the task that is lost by it.
    if (error !== undefined) printError(error);
    // Whatever `teardown` does: nobody is left to wait for it.
    realClock.setTimeout(() => process.exit(), 1500).unref();
    void runtime.leave().finally(() => process.exit());
  },
};
const channel = new FrameSocket(socket, listener, writer && ((bytes) => writer.write(bytes)));

const link: WorkerLink = {
  kind: 'process',
  send(items) {
    channel.send(items);
  },
  markStarted(seq) {
    try {
      marks.start(seq);
    } catch (error) {
      // A task has closed it. The next one has not begun, and runs in another worker.
      printError(error);
      process.exit(1);
    }
  },
  isAborted: () => false,
  isWithdrawn: (seq) => marks.isWithdrawn(seq),
  memory: () => process.memoryUsage.rss(),
  exit() {
    if (writer === undefined) channel.close(() => process.exit());
    else process.exit();
  },
};

const runtime = new WorkerRuntime(link);

function printError(error: unknown): void {
  let text: string;
  try {
    text = String(error instanceof Error ? (error.stack ?? error) : error);
  } catch {
    text = 'Something was thrown that can not be shown.';
  }
  process.stderr.write(`${text}\n`);
}

// From the terminal, where there are no sessions to keep it away: the pool decides when its workers end.
process.on('SIGINT', () => undefined);
process.on('uncaughtException', (error: unknown) => {
  printError(error);
  runtime.fail(error);
  process.exit(1);
});
process.on('exit', () => {
  runtime.end();
  // What was said is out before this is gone.
  writer?.finish();
});
