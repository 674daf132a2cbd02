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
});
