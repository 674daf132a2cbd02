import os from 'node:os';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { ItemContext } from '../../../src/parallel/item-function.js';
import type { ItemFailedError } from '../../../src/errors/item-failed-error.js';
import { ParallelDepthError } from '../../../src/errors/parallel-depth-error.js';
import { UncloneableValueError } from '../../../src/errors/uncloneable-value-error.js';
import { LocalPool } from '../../../src/parallel/nested/local-pool.js';
import { Parallel } from '../../../src/parallel/parallel.js';

/** What a worker has: every pool is the worker itself. */
const parallel = new Parallel({
  pool: () => new LocalPool(),
  processes: () => {
    throw new Error('No processes are started here.');
  },
});

// A shipped function finds it there: modules of Node are the same for every realm.
Reflect.set(os, 'nestedParallel', parallel);

afterAll(() => {
  Reflect.deleteProperty(os, 'nestedParallel');
});

describe('work within work', () => {
  test('runs where it is asked for', async () => {
    const rows = [[1, 2], [3], []];
    const sums = await parallel.map(rows, (row: number[], { require }: ItemContext) => {
      const { nestedParallel } = require('node:os') as { nestedParallel: Parallel };
      return nestedParallel.reduce(row, (before: number, value: number) => before + value, 0);
    });
    expect(sums).toEqual([3, 3, 0]);
  });

  test('is refused when it goes too deep', async () => {
    const deeper = async function again(level: number, { require }: ItemContext): Promise<unknown> {
      const { nestedParallel } = require('node:os') as { nestedParallel: Parallel };
      return nestedParallel.map([level + 1], again);
    };
    const error = await parallel
      .map([0], deeper)
      .then(undefined, (thrown: unknown) => rootOf(thrown));
    expect(ParallelDepthError.is(error)).toBe(true);
  });

  test('copies values, as any worker does', async () => {
    const list = [{ count: 0 }];
    await parallel.forEach(list, (item: { count: number }) => {
      item.count += 1;
    });
    expect(list).toEqual([{ count: 0 }]);
    const { result } = new LocalPool().submitTask(
      { kind: 'module', name: '', url: '', exportName: '' },
      [() => 1],
      {},
    );
    await expect(result).rejects.toThrow(UncloneableValueError);
  });

  test('an item that can not be copied is told by its index', async () => {
    const items = [1, 2, () => 3] as number[];
    await expect(parallel.map(items, (value) => value, { chunk: 3 })).rejects.toMatchObject({
      index: 2,
      lastIndex: 2,
    });
  });

  test('what can not be copied is told by its path in the item or the result', async () => {
    const there = parallel.map([{ n: 1 }, { n: () => 1 }], (item) => item, { chunk: 2 });
    await expect(there).rejects.toMatchObject({
      message: expect.stringMatching(/^Item 1 failed: A worker can not be sent item\.n, which/),
      cause: { code: 'ERR_PROC_UNCLONEABLE_VALUE', path: 'item.n' },
    });
    const back = parallel.map([1, 2], (value) => (value === 2 ? { done: () => 1 } : value), {
      chunk: 2,
    });
    await expect(back).rejects.toMatchObject({
      message: expect.stringMatching(/^Item 1 failed: A worker can not send back result\.done, /),
      cause: { path: 'result.done' },
    });
  });

  test('an item that can not be copied takes none with it where failures are collected', async () => {
    const bad = (() => 0) as unknown as number;
    const seen: unknown[] = [];
    const results = await parallel.map(
      [bad, 1, 2, bad, bad, 5, 6, bad],
      (value: number, { emit, index }: ItemContext) => {
        emit(index);
        return value;
      },
      { chunk: 8, onError: 'settle', onEmit: (index) => seen.push(index) },
    );
    expect(
      results.map((result) =>
        result.status === 'fulfilled' ? result.value : (result.reason as ItemFailedError).index,
      ),
    ).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(results.map(({ status }) => status === 'rejected')).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((index) => [0, 3, 4, 7].includes(index)),
    );
    // Each once, whatever it travelled with.
    expect(seen).toEqual([1, 2, 5, 6]);
  });

  test('an item that takes too long is given up, and told so', async () => {
    const fn = async (value: number, { signal }: ItemContext) => {
      if (value === 2) await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return value;
    };
    const options = { timeout: 50 };
    await expect(parallel.map([1, 2, 3], fn, options)).rejects.toMatchObject({
      index: 1,
      cause: { name: 'TaskTimedOutError', limitMs: 50 },
    });
    const results = await parallel.map([1, 2, 3], fn, { ...options, onError: 'settle' });
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('takes one trip after the other', async () => {
    const seen: number[] = [];
    const fn = async (value: number, { emit }: { emit(event: unknown): void }) => {
      emit(value);
      await Promise.resolve();
      emit(value);
    };
    await parallel.forEach([1, 2, 3], fn, {
      chunk: 1,
      onEmit: (event) => seen.push(event as number),
    });
    expect(seen).toEqual([1, 1, 2, 2, 3, 3]);
  });
});

function rootOf(error: unknown): unknown {
  const { cause } = error as { cause?: unknown };
  return cause === undefined ? error : rootOf(cause);
}
