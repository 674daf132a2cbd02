import type { Ipc } from '@proc/ipc/client';
import { encodeError } from '../../errors/encode-error.js';
import { requireCloneable } from '../../errors/uncloneable-value-error.js';
import { loadTask } from '../../functions/load-task.js';
import { unwrapTransfers } from '../../functions/transfer.js';
import { WorkerIpc } from '../../worker/worker-ipc.js';
import {
  type ForkAnswer,
  type ForkFrame,
  type ForkOrder,
  fromFork,
  type FromForkSaid,
} from './fork-messages.js';

const connection = new WorkerIpc(`fork ${process.pid}`, (frame) => {
  say({ ipc: frame });
});

// The program of a forked process: runs what it is told, tells what came of it, and ends.
process.on('message', (message: ForkOrder | ForkFrame) => {
  if ('ipc' in message) connection.receive(message.ipc);
  else void obey(message);
});
// Without the parent nobody would read the answer.
process.once('disconnect', () => process.exit());

async function obey({ reference, args }: ForkOrder): Promise<void> {
  let answer: ForkAnswer;
  let ipc: Ipc | undefined;
  try {
    const loaded = await loadTask(reference);
    const abort = new AbortController();
    const result = await loaded.fn(...args, {
      with: loaded.with,
      require: loaded.require,
      import: loaded.import,
      signal: abort.signal,
      aborted: false,
      attempt: 1,
      depth: 1,
      workerId: 0,
      emit: (emitted: unknown) => {
        const { value } = unwrapTransfers(emitted, 'process');
        requireCloneable('message', value, 'process');
        say({ emitted: value });
      },
      get ipc() {
        return (ipc ??= connection.forTask());
      },
    });
    const { value } = unwrapTransfers(result, 'process');
    requireCloneable('result', value, 'process');
    answer = { value };
  } catch (error) {
    process.exitCode = 1;
    answer = { error: encodeError(error) };
  }
  await sent(answer);
  // What was printed has to be out before.
  await Promise.all([written(process.stdout), written(process.stderr)]);
  process.exit();
}

function say(said: FromForkSaid): void {
  // That nobody listens any more is told by the end of the channel.
  process.send?.(fromFork(said), undefined, undefined, () => undefined);
}

function sent(answer: ForkAnswer): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(fromFork(answer), undefined, undefined, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}

function written(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => {
      resolve();
    });
  });
}
