import type { Transferable } from '../functions/transfer.js';
import { InlineChannel } from './inline-channel.js';
import type { WorkerBackend } from './worker-channel.js';

/** Workers that are no workers: tasks run in this very thread. Their values are copied all the same. */
export const inlineBackend: WorkerBackend = {
  kind: 'inline',
  start: ({ concurrency }, listener) =>
    new InlineChannel(listener, {
      pid: process.pid,
      threadId: undefined,
      copy: cloned,
      concurrency,
    }),
};

/** A copy as threads get it. */
export function cloned<T>(value: T, transferList: readonly Transferable[]): T {
  return structuredClone(value, { transfer: [...transferList] as ArrayBuffer[] });
}
