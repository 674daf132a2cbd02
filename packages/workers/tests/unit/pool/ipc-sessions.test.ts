import { describe, expect, it, jest } from '@jest/globals';
import { IpcSessions } from '../../../src/pool/ipc-sessions.js';
import type { PoolWorker } from '../../../src/pool/pool-worker.js';

describe('IpcSessions', () => {
  it('tells a worker that its connection is closed where there is no hub, and says why', () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    const answers: unknown[] = [];
    let asked = 0;
    const worker = Object.assign(Object.create(null) as PoolWorker, {
      id: 3,
      sendIpc: (frame: unknown) => answers.push(frame),
    });
    const failure = new Error('no hub today');
    const sessions = new IpcSessions(() => {
      asked += 1;
      throw failure;
    }, 'images');
    try {
      sessions.receive(worker, ['hello']);
      // Sent before the worker heard of it: there is nobody to take it.
      sessions.receive(worker, ['more']);
      sessions.end(worker);
      expect(answers).toEqual([{ '@proc/ipc': 'bye' }]);
      expect(asked).toBe(1);
      expect(warn.mock.calls).toEqual([[failure]]);
    } finally {
      warn.mockRestore();
    }
  });
});
