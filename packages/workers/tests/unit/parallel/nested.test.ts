import os from 'node:os';
import { afterAll, describe, expect, test } from '@jest/globals';
import type { ItemContext } from '../../../src/parallel/item-function.js';
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
    expect(() =>
      new LocalPool().submitTask(
        { kind: 'module', name: '', url: '', exportName: '' },
        [() => 1],
        {},
      ),
    ).toThrow(UncloneableValueError);
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
