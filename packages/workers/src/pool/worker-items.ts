import { decodeError } from '../errors/decode-error.js';
import { type FromWorker, Kind } from '../protocol/frames.js';
import type { PoolWorker } from './pool-worker.js';
import type { WorkerOwner } from './worker-owner.js';

const NS_PER_MS = 1e6;

/** Does what one thing means that a worker has said. */
export function takeItem(worker: PoolWorker, item: FromWorker, owner: WorkerOwner): void {
  switch (item[0]) {
    case Kind.done: {
      const ms = item[3] / NS_PER_MS;
      const task = worker.finish(item[1], ms);
      if (task !== undefined) owner.onDone(worker, task, item[2], ms);
      break;
    }
    case Kind.error: {
      const ms = item[3] / NS_PER_MS;
      const task = worker.finish(item[1], ms);
      if (task !== undefined) owner.onFailed(worker, task, decodeError(item[2]), ms);
      break;
    }
    case Kind.started: {
      const task = worker.inFlight.get(item[1]);
      if (task !== undefined) owner.onStarted(worker, task);
      break;
    }
    case Kind.loading: {
      const task = worker.inFlight.get(item[1]);
      if (task !== undefined) owner.onLoading(worker, task);
      break;
    }
    case Kind.dropped: {
      const task = worker.finish(item[1], undefined);
      if (task !== undefined) owner.onDropped(worker, task);
      break;
    }
    case Kind.emitted:
      worker.inFlight.get(item[1])?.emitted(item[2]);
      break;
    case Kind.output:
      if (item[2] === 2) worker.stderr.add(item[3]);
      owner.onOutput(worker, worker.inFlight.get(item[1]), item[2], item[3]);
      break;
    case Kind.ready:
      if (worker.state === 'starting') worker.state = worker.isSpare ? 'spare' : 'ready';
      owner.onReady(worker);
      break;
    case Kind.failed:
      worker.failStart(decodeError(item[1]));
      break;
    case Kind.fatal:
      worker.fatal = decodeError(item[1]);
      break;
    case Kind.ipc:
      owner.onIpc(worker, item[1]);
      break;
    case Kind.left:
      owner.onGoing(worker);
      break;
    case Kind.pong:
      worker.memory = item[2];
      owner.onPong(worker);
      break;
    default:
  }
}
