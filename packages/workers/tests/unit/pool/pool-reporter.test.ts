import { describe, expect, it } from '@jest/globals';
import { RecordingEvents } from '../../support/recording-events.js';
import { PoolReporter } from '../../../src/pool/pool-reporter.js';
import type { Task } from '../../../src/pool/task.js';

const task = Object.assign(Object.create(null) as Task, { attempt: 1 });

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

  it('asks again after its question has failed', () => {
    const recording = new RecordingEvents();
    let failures = 1;
    const reporter = new PoolReporter('p', 'pool', () => {
      if (failures === 0) return recording.dispatcher;
      failures -= 1;
      throw new Error('not yet');
    });
    expect(() => {
      reporter.submitted(task);
    }).toThrow('not yet');
    reporter.submitted(task);
    expect(recording.events).toHaveLength(1);
  });
});
