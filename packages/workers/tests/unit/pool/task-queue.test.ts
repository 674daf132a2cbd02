import { describe, expect, it } from '@jest/globals';
import { type Queueable, TaskQueue } from '../../../src/pool/task-queue.js';

interface Named extends Queueable {
  readonly name: string;
}

function named(name: string, priority: number, queuedAt: number): Named {
  return { name, priority, queuedAt, isQueued: true };
}

describe('The queue of a pool', () => {
  it('takes higher priorities first, and equals in the order in which they came', () => {
    const queue = new TaskQueue<Named>(1000);
    for (const [index, priority] of [0, 1, 0, 1, 2].entries()) {
      queue.push(named(`${priority}.${index}`, priority, index));
    }
    expect(queue.drain().map(({ name }) => name)).toEqual(['2.4', '1.1', '1.3', '0.0', '0.2']);
  });

  it('lets a low priority be overtaken only for a time, however many high ones come', () => {
    const queue = new TaskQueue<Named>(1000);
    queue.push(named('low', 0, 0));
    const taken: string[] = [];
    // Every 100 ms one comes and one is taken: there is always one of high priority.
    for (let now = 0; now < 5000; now += 100) {
      queue.push(named(`high at ${now}`, 1, now));
      taken.push(queue.take()?.name ?? 'none');
    }
    expect(taken.indexOf('low')).toBe(11);
  });
});
