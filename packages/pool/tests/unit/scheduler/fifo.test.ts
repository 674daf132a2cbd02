import { describe, expect, test } from '@jest/globals';
import { Fifo } from '../../../src/scheduler/fifo.js';

describe('a queue', () => {
  test('gives out what it was given, in that order', () => {
    const queue = new Fifo<{ readonly id: number }>();
    const seen: (number | undefined)[] = [];
    for (let id = 0; id < 10; id += 1) {
      queue.push({ id });
      if (id % 3 === 2) seen.push(queue.shift()?.id);
    }
    expect(queue.size).toBe(7);
    while (queue.size > 0) seen.push(queue.shift()?.id);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(queue.shift()).toBeUndefined();
  });

  test('gives out all that is left at once', () => {
    const queue = new Fifo<{ readonly id: number }>();
    for (let id = 0; id < 4; id += 1) queue.push({ id });
    queue.shift();
    expect(queue.clear().map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(queue.size).toBe(0);
    queue.push({ id: 9 });
    expect(queue.shift()?.id).toBe(9);
  });
});
