import { realTime } from '@proc/core/internal';
import type {
  WorkerBackend,
  WorkerChannel,
  WorkerLaunch,
  WorkerListener,
} from './worker-channel.js';

/** Starts a worker; one that can not even be tried, as with options that Node refuses, has an end like others. */
export function startWorker(
  backend: WorkerBackend,
  launch: WorkerLaunch,
  listener: WorkerListener,
): WorkerChannel {
  try {
    return backend.start(launch, listener);
  } catch (error) {
    realTime.setImmediate(() => {
      listener.onEnd({
        exitCode: null,
        signal: null,
        error: error instanceof Error ? error : new Error(String(error)),
        stderr: '',
        outOfMemory: false,
      });
    });
    return NOTHING;
  }
}

const NOTHING: WorkerChannel = {
  pid: undefined,
  threadId: undefined,
  send() {
    // Nobody is there.
  },
  started: () => 0,
  abort() {
    // Nobody is there.
  },
  withdraw: () => true,
  hold() {
    // Nobody is there.
  },
  kill() {
    // Nobody is there.
  },
};
