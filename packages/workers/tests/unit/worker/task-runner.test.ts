import { once, EventEmitter } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { encodeError } from '../../../src/errors/encode-error.js';
import { type FromWorker, Kind } from '../../../src/protocol/frames.js';
import { Outbox } from '../../../src/worker/outbox.js';
import { TaskRunner } from '../../../src/worker/task-runner.js';
import { WorkerIpc } from '../../../src/worker/worker-ipc.js';
import type { WorkerLink } from '../../../src/worker/worker-link.js';

const url = pathToFileURL(path.join(__dirname, '../../fixtures/tasks.cjs')).href;
const part = { kind: 'module', name: 'double', url, exportName: 'double' } as const;

describe('TaskRunner', () => {
  it('does not start a task that was cancelled while its module was loaded, and goes on', async () => {
    const sent: FromWorker[] = [];
    const frames = new EventEmitter();
    // As in a process: only the frame tells that a task is cancelled.
    const link: WorkerLink = {
      kind: 'process',
      send(items) {
        sent.push(...items);
        frames.emit('sent');
      },
      markStarted: () => undefined,
      isAborted: () => false,
      isWithdrawn: () => false,
      memory: () => 0,
      exit: () => undefined,
    };
    const outbox = new Outbox(link);
    const ipc = new WorkerIpc('worker 1', () => undefined);
    const surroundings = { link, outbox, poolId: 'p', workerId: 1, ipc, setup: undefined };
    const runner = new TaskRunner(surroundings, {
      concurrency: 1,
      tellsOwners: false,
      loadTimeoutMs: 1000,
    });
    runner.add([Kind.task, 7, { task: 1, parts: [[1, part]] }, 1, 1, 0, 1]);
    runner.add([Kind.task, 8, 1, 2, 1, 0, 2]);
    runner.advance();
    runner.cancel(7, encodeError(new Error('enough')));
    while (sent.length < 2) await once(frames, 'sent');
    expect(sent[0]).toEqual([Kind.error, 7, expect.objectContaining({ message: 'enough' }), 0]);
    expect(sent[1]?.slice(0, 3)).toEqual([Kind.done, 8, 4]);
  });
});
