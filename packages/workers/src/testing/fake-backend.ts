import { cloned } from '../backends/inline-backend.js';
import { InlineChannel } from '../backends/inline-channel.js';
import type { WorkerBackend } from '../backends/worker-channel.js';
import type { WorkerKind } from '../contracts/worker-kind.js';
import { FrameDeserializer, FrameSerializer } from '../protocol/frame-serializer.js';
import type { FakeScope } from './fake-scope.js';
import type { FakeCrash } from './fake-task-description.js';

/** Beyond what systems give: whoever sends a signal there reaches nobody. */
const FIRST_PID = 2 ** 22 + 1;

let started = 0;

/**
 * Workers that pass for those of a kind. They run in this very thread what no fake is there for, and copy values as
 * that kind does.
 */
export function fakeBackend(kind: WorkerKind, scope: FakeScope): WorkerBackend {
  return {
    kind,
    start: ({ concurrency }, listener) => {
      started += 1;
      const channel: InlineChannel = new InlineChannel(listener, {
        pid: kind === 'process' ? FIRST_PID + started : process.pid,
        threadId: kind === 'thread' ? started : undefined,
        concurrency,
        copy: kind === 'process' ? copied : cloned,
        wrap: scope.wrap({
          kind,
          crash: (crash) => {
            channel.end(endOf(crash));
          },
        }),
      });
      return channel;
    },
  };
}

/** A copy as processes get it: nothing is handed over. */
export function copied<T>(value: T): T {
  const serializer = new FrameSerializer();
  serializer.writeHeader();
  serializer.writeValue(value);
  const deserializer = new FrameDeserializer(serializer.releaseBuffer());
  deserializer.readHeader();
  return deserializer.readValue() as T;
}

/** How a worker ends that crashes in this way. */
export function endOf({ exitCode, signal, stderr = '', outOfMemory = false }: FakeCrash) {
  return {
    exitCode: exitCode ?? (signal === undefined ? 1 : null),
    signal: signal ?? null,
    error: undefined,
    stderr,
    outOfMemory,
  };
}
