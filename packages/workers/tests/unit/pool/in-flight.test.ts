import { describe, expect, it } from '@jest/globals';
import { InFlight } from '../../../src/pool/in-flight.js';
import type { Task } from '../../../src/pool/task.js';

const task = Object.create(null) as Task;

describe('InFlight', () => {
  it('tells how many somebody waits for, in whatever order they end', () => {
    const tasks = new InFlight();
    // The last has the usual place of the first.
    for (const seq of [1, 2, 3, 129]) tasks.set(seq, task);
    tasks.abandon(2);
    tasks.abandon(129);
    expect([tasks.size, tasks.awaited]).toEqual([4, 2]);
    expect([tasks.delete(2), tasks.delete(2), tasks.awaited]).toEqual([true, false, 2]);
    expect([tasks.delete(1), tasks.awaited]).toEqual([true, 1]);
    expect([tasks.delete(129), tasks.size, tasks.awaited]).toEqual([true, 1, 1]);
    tasks.abandon(3);
    tasks.clear();
    expect([tasks.size, tasks.awaited]).toEqual([0, 0]);
  });
});
