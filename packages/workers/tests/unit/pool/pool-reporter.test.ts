import { afterEach, describe, expect, it, jest } from '@jest/globals';
import type { EventDispatcher } from '@proc/core';
import { RecordingEvents } from '../../support/recording-events.js';
import { PoolReporter } from '../../../src/pool/pool-reporter.js';
import type { Task } from '../../../src/pool/task.js';

const task = Object.assign(Object.create(null) as Task, { attempt: 1 });

afterEach(() => {
  jest.restoreAllMocks();
});

function failing(message: string): never {
  throw new Error(message);
}

describe('PoolReporter', () => {
  it('asks once a turn whom to tell, and anew in the next', async () => {
    const [before, after] = [new RecordingEvents(), new RecordingEvents()];
    let current = before;
    let asked = 0;
    const reporter = new PoolReporter('p', 'pool', () => {
      asked += 1;
      return current.dispatcher;
    });
    reporter.submitted(task);
    reporter.submitted(task);
    expect(asked).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    current = after;
    reporter.submitted(task);
    expect(asked).toBe(2);
    expect([before.events.length, after.events.length]).toEqual([2, 1]);
  });

  it('asks again in the next turn after its question has failed, and says so once', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const recording = new RecordingEvents();
    let failures = 2;
    const reporter = new PoolReporter('p', 'pool', () => {
      if (failures === 0) return recording.dispatcher;
      failures -= 1;
      throw new Error('not yet');
    });
    for (let turn = 0; turn < 3; turn += 1) {
      expect(recording.events).toEqual([]);
      reporter.submitted(task);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(recording.events).toHaveLength(1);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(
      'A listener of the pool "pool" failed: not yet',
      expect.objectContaining({ code: 'PROC_LISTENER_FAILED' }),
    );
  });

  it.each([
    ['throws', () => failing('broken')],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('warns, and counts all the same, when a dispatcher %s', async (_, dispatch) => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const dispatcher = { hasListeners: () => true, dispatch } as unknown as EventDispatcher;
    const reporter = new PoolReporter('p', 'pool', () => dispatcher);
    reporter.completed(task, 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(reporter.completedCount).toBe(1);
    expect(warn).toHaveBeenCalledWith(
      'A listener of TaskCompleted failed: broken',
      expect.objectContaining({ code: 'PROC_LISTENER_FAILED' }),
    );
  });
});
