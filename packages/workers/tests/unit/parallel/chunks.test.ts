import { describe, expect, test } from '@jest/globals';
import { ChunkSizer } from '../../../src/parallel/chunks/chunk-sizer.js';
import { runChunk } from '../../../src/parallel/chunks/run-chunk.js';

const items = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('the size of chunks', () => {
  test('begins with one item, and at most quadruples', () => {
    const sizer = new ChunkSizer('auto', 2);
    const sizes = [];
    for (let round = 0; round < 6; round += 1) {
      const size = sizer.next();
      sizes.push(size);
      sizer.learn(items(size), size, size * 0.001);
    }
    expect(sizes).toEqual([1, 4, 16, 64, 256, 1024]);
  });

  test('follows the time that items take', () => {
    const sizer = new ChunkSizer('auto', 2);
    sizer.learn(items(64), 64, 64);
    expect(sizer.next()).toBe(25);
    sizer.learn(items(1), 1, 100);
    expect(sizer.next()).toBe(1);
  });

  test('shrinks towards the end', () => {
    const sizer = new ChunkSizer('auto', 2);
    sizer.learn(items(100), 100, 20);
    expect([400, 100, 60].map((remaining) => sizer.next(remaining))).toEqual([100, 25, 15]);
  });

  test('stays worth a trip at the end', () => {
    const sizer = new ChunkSizer('auto', 2);
    sizer.learn(items(100), 100, 5);
    expect([120, 48, 12].map((remaining) => sizer.next(remaining))).toEqual([40, 40, 12]);
  });

  test('takes fewer of large items', () => {
    const sizer = new ChunkSizer('auto', 2);
    sizer.learn([new Uint8Array(512 * 1024)], 1, 0.001);
    sizer.learn(items(8), 8, 0.001);
    expect(sizer.next()).toBe(2);
  });

  test('is kept where it was asked for, and nothing is given back', () => {
    const sizer = new ChunkSizer(7, 2);
    sizer.learn(items(7), 7, 9000);
    expect([sizer.next(), sizer.next(1), sizer.budget]).toEqual([7, 7, undefined]);
  });
});

describe('a chunk', () => {
  test('gives back what it has not begun when its time is over', async () => {
    const fn = (value: unknown) => {
      const end = performance.now() + 5;
      while (performance.now() < end);
      return value;
    };
    const response = await runChunk(fn, { mode: 'map', items: items(100), first: 0, budget: 12 });
    expect(response.done).toBeGreaterThan(0);
    expect(response.done).toBeLessThan(10);
    expect(response.results).toEqual(items(response.done));
  });

  test('does at least one item, however long that takes', async () => {
    const response = await runChunk(() => 1, { mode: 'map', items: [1, 2], first: 0, budget: 0 });
    expect(response.done).toBe(1);
  });

  test('ends between items when nobody wants the rest', async () => {
    const context = { aborted: false };
    const fn = () => {
      context.aborted = true;
    };
    const response = await runChunk(fn, { mode: 'forEach', items: items(10), first: 0 }, context);
    expect(response.done).toBe(1);
  });

  test('stays synchronous while the function is', () => {
    const response = runChunk((value) => value, { mode: 'map', items: [1], first: 0 });
    expect(response).toMatchObject({ done: 1, results: [1] });
  });

  test('waits for promises, and for what only looks like one', async () => {
    const fn = (value: unknown) => ({ then: (done: (value: unknown) => void) => done(value) });
    await expect(runChunk(fn, { mode: 'map', items: [1, 2], first: 0 })).resolves.toMatchObject({
      results: [1, 2],
    });
  });

  test('folds', async () => {
    const add = (before: unknown, value: unknown) => Number(before) + Number(value);
    const fold = async (list: readonly number[], initial?: { value: number }) =>
      (await runChunk(add, { mode: 'reduce', items: list, first: 0, ...(initial && { initial }) }))
        .folded;
    await expect(fold([1, 2, 3])).resolves.toEqual({ value: 6 });
    await expect(fold([1, 2, 3], { value: 10 })).resolves.toEqual({ value: 16 });
    await expect(fold([4])).resolves.toEqual({ value: 4 });
  });

  test('goes on after failures only where asked to', async () => {
    const fn = (value: unknown) => {
      if (value === 1) throw new Error('one');
      return value;
    };
    const request = { mode: 'map', items: items(3), first: 0 } as const;
    await expect(Promise.resolve(runChunk(fn, request))).resolves.toMatchObject({
      done: 1,
      results: [0],
    });
    const settled = await runChunk(fn, { ...request, settle: true });
    expect(settled).toMatchObject({
      done: 3,
      results: [0, undefined, 2],
      failures: [[1, { message: 'one' }]],
    });
  });
});
