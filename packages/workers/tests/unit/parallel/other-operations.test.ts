import { describe, expect, jest, test } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { ItemFailedError } from '../../../src/errors/item-failed-error.js';
import { BarePool } from '../../support/bare-pool.js';
import { parallelOn } from '../../support/parallel-on.js';

function* numbers(end = Infinity) {
  for (let value = 0; value < end; value += 1) yield value;
}

const add = (before: number, value: number) => before + value;

describe('filter', () => {
  test('keeps the order, and the items themselves', async () => {
    const items = [...numbers(100)].map((value) => ({ value }));
    const kept = await parallelOn(new BarePool()).filter(items, ({ value }) => value % 3 === 0);
    expect(kept).toEqual(items.filter(({ value }) => value % 3 === 0));
    expect(kept[1]).toBe(items[3]);
  });

  test('leaves out the holes of a list', async () => {
    // eslint-disable-next-line no-sparse-arrays -- what is tested
    const items = [1, , undefined] as number[];
    await expect(parallelOn(new BarePool()).filter(items, () => true)).resolves.toEqual([
      1,
      undefined,
    ]);
  });

  test('streams what it keeps', async () => {
    const kept = [];
    for await (const value of parallelOn(new BarePool()).filter(
      numbers(),
      (each: number) => each % 7 === 0,
    )) {
      kept.push(value);
      if (kept.length === 5) break;
    }
    expect(kept).toEqual([0, 7, 14, 21, 28]);
  });
});

describe('reduce', () => {
  test('folds chunks apart and puts them together in order', async () => {
    const pool = new BarePool();
    const join = (before: string, value: string) => before + value;
    const words = Array.from('the order of items is kept');
    await expect(parallelOn(pool).reduce(words, join, '', { chunk: 4 })).resolves.toBe(
      words.join(''),
    );
    expect(pool.requests.length).toBeGreaterThan(3);
  });

  test('begins each chunk with the initial value, or only the whole', async () => {
    const parallel = parallelOn(new BarePool());
    await expect(parallel.reduce(numbers(10), add, 100, { chunk: 5 })).resolves.toBe(45 + 200);
    await expect(
      parallel.reduce(numbers(10), add, 100, { chunk: 5, initial: 'once' }),
    ).resolves.toBe(145);
  });

  test('puts results of another kind together with `combine`', async () => {
    const count = (counts: Record<string, number>, word: string) => ({
      ...counts,
      [word]: (counts[word] ?? 0) + 1,
    });
    const offset = 0;
    const counts = await parallelOn(new BarePool()).reduce(
      ['a', 'b', 'a', 'a'],
      count,
      {},
      {
        chunk: 1,
        // This one runs here, so it may use what is around it.
        combine: (one, other) => {
          const sum = { ...one };
          for (const [word, times] of Object.entries(other))
            sum[word] = (sum[word] ?? offset) + times;
          return sum;
        },
      },
    );
    expect(counts).toEqual({ a: 3, b: 1 });
  });

  test('warns where the function would get results in the place of items of another kind', async () => {
    const parallel = parallelOn(new BarePool());
    const warned = jest.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
    try {
      const letters = (sum: number, word: string) => sum + word.length;
      const words = ['ab', 'c', 'def'];
      await parallel.reduce(words, letters, 0, { chunk: 1 });
      expect(warned.mock.calls).toEqual([
        [
          'reduce() puts what chunks came to together by the same function "letters", but items are of type string ' +
            'and results of type number: give it `combine`.',
          { code: 'PROC_REDUCE_WITHOUT_COMBINE' },
        ],
      ]);
      warned.mockClear();
      const own = { chunk: 1, combine: add };
      await expect(parallel.reduce(words, letters, 0, own)).resolves.toBe(6);
      await expect(parallel.reduce(numbers(9), add, 0, { chunk: 1 })).resolves.toBe(36);
      expect(warned).not.toHaveBeenCalled();
    } finally {
      warned.mockRestore();
    }
  });

  test('begins with the first item without an initial value', async () => {
    const parallel = parallelOn(new BarePool());
    await expect(parallel.reduce([5], add)).resolves.toBe(5);
    await expect(parallel.reduce(numbers(10), add)).resolves.toBe(45);
    await expect(parallel.reduce([] as number[], add)).rejects.toThrow(TypeError);
    await expect(parallel.reduce([] as number[], add, 7)).resolves.toBe(7);
    await expect(parallel.reduce([], () => 1, undefined)).resolves.toBeUndefined();
  });
});

describe('some, every and find', () => {
  test('answer as arrays do', async () => {
    const parallel = parallelOn(new BarePool());
    const big = (value: number) => value > 5;
    await expect(parallel.some([1, 9], big)).resolves.toBe(true);
    await expect(parallel.some([1, 2], big)).resolves.toBe(false);
    await expect(parallel.some([], big)).resolves.toBe(false);
    await expect(parallel.every([7, 9], big)).resolves.toBe(true);
    await expect(parallel.every([7, 2], big)).resolves.toBe(false);
    await expect(parallel.every([], big)).resolves.toBe(true);
    await expect(parallel.find([1, 9, 10], big)).resolves.toBe(9);
    await expect(parallel.find([1], big)).resolves.toBeUndefined();
  });

  test('find gives the first by order, whichever is ready first', async () => {
    const pool = new BarePool();
    pool.instead = ({ first }) =>
      first === 0
        ? new Promise((resolve) => {
            setTimeout(resolve, 20, { done: 1, elapsed: 1, kept: [0] });
          })
        : undefined;
    await expect(parallelOn(pool).find([1, 2, 3], () => true, { chunk: 1 })).resolves.toBe(1);
  });

  test('end endless items as soon as they know', async () => {
    const parallel = parallelOn(new BarePool());
    await expect(parallel.some(numbers(), (value: number) => value === 500)).resolves.toBe(true);
    await expect(parallel.every(numbers(), (value: number) => value < 500)).resolves.toBe(false);
    await expect(parallel.find(numbers(), (value: number) => value >= 500)).resolves.toBe(500);
  });

  test('a failure before the answer is one', async () => {
    const fn = (): boolean => {
      throw new Error('broken');
    };
    await expect(parallelOn(new BarePool()).some([1], fn)).rejects.toThrow(ItemFailedError);
  });
});

describe('forEach', () => {
  test('runs for all and sends nothing back', async () => {
    const pool = new BarePool(1);
    const seen: unknown[] = [];
    const fn = (value: number, { emit }: { emit(event: unknown): void }) => {
      emit(value);
      return () => 'not copied';
    };
    await expect(
      parallelOn(pool).forEach([3, 4], fn, { onEmit: (event) => seen.push(event) }),
    ).resolves.toBeUndefined();
    expect(seen).toEqual([3, 4]);
  });
});

describe('tasks', () => {
  test('give results in their order, so many at once', async () => {
    const pool = new BarePool(8);
    const run = parallelOn(pool).tasks(
      [
        async () => {
          await new Promise((resolve) => setTimeout(resolve, 20));
          return 'slow';
        },
        () => 'fast',
        [(one: number, other: number) => one + other, 3, 4],
      ],
      { maxConcurrent: 2 },
    );
    await expect(run).resolves.toEqual(['slow', 'fast', 7]);
    expect(pool.mostAtOnce).toBe(2);
    expect(run.progress).toEqual({ done: 3, total: 3 });
    expect(run.running).toBe(0);
  });

  test('end with the first failure, which tells which it was', async () => {
    const rejected = parallelOn(new BarePool()).tasks([
      () => 1,
      () => {
        throw new RangeError('no');
      },
    ]);
    await expect(rejected).rejects.toMatchObject({ index: 1, cause: { name: 'RangeError' } });
  });

  test('of which there are none are done', async () => {
    await expect(parallelOn(new BarePool()).tasks([])).resolves.toEqual([]);
  });

  test('are refused together when one can not travel', () => {
    const pool = new BarePool();
    const captured = {};
    expect(() => parallelOn(pool).tasks([() => 1, () => captured])).toThrow(/captured/);
    expect(() => parallelOn(pool).tasks('text' as never)).toThrow(InvalidArgumentError);
    expect(pool.options).toEqual([]);
  });

  test('end by a signal', async () => {
    const abort = new AbortController();
    const run = parallelOn(new BarePool()).tasks([() => new Promise(() => {})], {
      signal: abort.signal,
    });
    abort.abort(new Error('enough'));
    await expect(run).rejects.toThrow('enough');
  });
});
