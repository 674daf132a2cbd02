import { Readable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { ClosureCaptureError } from '../../../src/errors/closure-capture-error.js';
import { ItemFailedError } from '../../../src/errors/item-failed-error.js';
import type { ItemContext } from '../../../src/parallel/item-function.js';
import type { ParallelProgress } from '../../../src/parallel/parallel-options.js';
import { BarePool } from '../../support/bare-pool.js';
import { mostListeners } from '../../support/most-listeners.js';
import { parallelOn } from '../../support/parallel-on.js';

const double = (value: number) => value * 2;

function* numbers(end = Infinity) {
  for (let value = 0; value < end; value += 1) yield value;
}

async function* laterNumbers(end = Infinity) {
  for (const value of numbers(end)) {
    await Promise.resolve();
    yield value;
  }
}

describe('map', () => {
  test('gives what arrays give, in order', async () => {
    const parallel = parallelOn(new BarePool());
    const items = [...numbers(1000)];
    await expect(parallel.map(items, double)).resolves.toEqual(items.map(double));
    await expect(parallel.map([], double)).resolves.toEqual([]);
    await expect(parallel.map([7], double)).resolves.toEqual([14]);
  });

  test('keeps the holes of a list', async () => {
    // eslint-disable-next-line no-sparse-arrays -- what is tested
    const items = [1, , 3, undefined, ,] as number[];
    const seen = await parallelOn(new BarePool()).map(items, (value: number) => String(value));
    expect(seen).toEqual(items.map(String));
    expect([0, 1, 2, 3, 4].map((index) => index in seen)).toEqual([true, false, true, true, false]);
    expect(seen).toHaveLength(5);
  });

  test.each([
    ['an iterable', () => numbers(50)],
    ['a set', () => new Set(numbers(50))],
    ['an async iterable', () => laterNumbers(50)],
    ['a stream', () => Readable.from(numbers(50))],
    ['a web stream', () => Readable.toWeb(Readable.from(numbers(50))) as AsyncIterable<number>],
  ])('takes %s', async (_, items) => {
    const results = await parallelOn(new BarePool()).map(items(), double);
    expect(results).toEqual([...numbers(50)].map(double));
  });

  test('tells the function its index and context', async () => {
    const rate = 10;
    const fn = (value: string, { index, with: given }: ItemContext) => [
      value,
      index,
      given['rate'],
    ];
    await expect(
      parallelOn(new BarePool()).map(['a', 'b'], fn, { with: { rate } }),
    ).resolves.toEqual([
      ['a', 0, 10],
      ['b', 1, 10],
    ]);
  });

  test('refuses a function that captures a variable before anything is sent', () => {
    const pool = new BarePool();
    const rate = 2;
    expect(() => parallelOn(pool).map([1], (value: number) => value * rate)).toThrow(
      ClosureCaptureError,
    );
    expect(pool.requests).toEqual([]);
  });

  test.each([4, null, undefined, 'text', {}])('refuses %p as items', (items) => {
    expect(() => parallelOn(new BarePool()).map(items as never, double)).toThrow(
      InvalidArgumentError,
    );
  });

  test.each([
    [{ concurrency: 0 }, /concurrency is a whole number from 1/],
    [{ chunk: 1.5 }, /chunk is a whole number/],
    [{ type: 'fiber' }, /type is 'process' or 'thread' or 'inline'/],
    [{ timeout: -1 }, /timeout must be between 0 and/],
    [{ timeout: 0 }, /timeout is above 0/],
    [{ timeout: 'soon' }, /timeout must be milliseconds, a string/],
    [{ timeout: Infinity }, /timeout must be between 0 and/],
    [{ signal: {} }, /signal is an AbortSignal/],
    [{ onError: 'ignore' }, /onError is 'stop' or 'settle'/],
    [{ concurency: 2 }, /Did you mean/],
  ])('refuses the options %p', (options, message) => {
    expect(() => parallelOn(new BarePool()).map([1], double, options as never)).toThrow(message);
  });

  test('never has more under way than asked for', async () => {
    const pool = new BarePool(8);
    await parallelOn(pool).map(numbers(100), double, { concurrency: 3, chunk: 1 });
    expect(pool.mostAtOnce).toBe(3);
  });

  test('sends as many items at once as asked for', async () => {
    const pool = new BarePool();
    await parallelOn(pool).map(numbers(10), double, { chunk: 4 });
    expect(pool.requests.map(({ items }) => items.length)).toEqual([4, 4, 2]);
    expect(pool.requests.every(({ budget }) => budget === undefined)).toBe(true);
  });

  test('sends items one by one when each has a time', async () => {
    const pool = new BarePool();
    await parallelOn(pool).map([1, 2, 3], double, { timeout: 1000 });
    expect(pool.requests.map(({ items }) => items)).toEqual([[1], [2], [3]]);
    await parallelOn(pool).map([1, 2, 3], double, { timeout: '1s' });
    await parallelOn(pool).tasks([() => 1], { timeout: '1s' });
    expect(pool.options.every(({ timeout }) => timeout === 1000)).toBe(true);
  });

  test('sends again, in its place, what a worker gave back', async () => {
    const pool = new BarePool();
    let given = 0;
    pool.instead = ({ items, first }) => {
      if (first !== 0 || items.length !== 8) return undefined;
      given += 1;
      return Promise.resolve({
        done: 3,
        elapsed: 100,
        results: items.slice(0, 3).map((item) => double(item as number)),
      });
    };
    const results = await parallelOn(pool).map(numbers(20), double, { chunk: 8 });
    expect(results).toEqual([...numbers(20)].map(double));
    expect(given).toBe(1);
    expect(pool.requests.some(({ first, items }) => first === 3 && items.length === 5)).toBe(true);
  });

  test('tells how far it has come, with items that failed', async () => {
    const seen: ParallelProgress[] = [];
    await parallelOn(new BarePool()).map([1, 2, 3], double, {
      chunk: 1,
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen).toEqual([1, 2, 3].map((done) => ({ done, total: 3 })));
  });

  test('tells what the function emits, with the index of its item', async () => {
    const seen: unknown[] = [];
    const fn = (value: string, { emit }: ItemContext) => {
      emit(`got ${value}`);
    };
    await parallelOn(new BarePool(1)).map(['a', 'b'], fn, {
      onEmit: (event, index) => seen.push([event, index]),
    });
    expect(seen).toEqual([
      ['got a', 0],
      ['got b', 1],
    ]);
  });

  test('gives results that are bytes', async () => {
    const fn = (size: number) => new Uint8Array(size);
    const results = await parallelOn(new BarePool()).map([1, 2], fn);
    expect(results.map(({ length }) => length)).toEqual([1, 2]);
  });
});

describe('results one by one', () => {
  test('come in order, or as they are ready', async () => {
    const order = async (ordered: boolean) => {
      const pool = new BarePool();
      const slow = deferred();
      pool.instead = ({ first, items }) =>
        first === 0
          ? slow.promise.then(() => ({ done: 1, elapsed: 1, results: items }))
          : undefined;
      const results: number[] = [];
      const run = parallelOn(pool).map([0, 1, 2], (value: number) => value, { ordered, chunk: 1 });
      setTimeout(() => slow.resolve(undefined), 20);
      for await (const result of run) results.push(result);
      return results;
    };
    await expect(order(true)).resolves.toEqual([0, 1, 2]);
    await expect(order(false)).resolves.toEqual([1, 2, 0]);
  });

  test('no more items are pulled than the buffer holds', async () => {
    let pulled = 0;
    function* counted() {
      for (const value of numbers()) {
        pulled += 1;
        yield value;
      }
    }
    const run = parallelOn(new BarePool()).map(counted(), double, { buffer: 10 });
    let taken = 0;
    for await (const result of run) {
      expect(result).toBe(taken * 2);
      expect(pulled - taken).toBeLessThanOrEqual(10);
      taken += 1;
      if (taken === 200) break;
    }
    expect(taken).toBe(200);
  });

  test.each([
    ['an iterable', numbers],
    ['an async iterable', laterNumbers],
  ])('leaving the loop closes %s and ends the rest', async (_, make) => {
    let closed = 0;
    const inner = make() as AsyncIterator<number>;
    const iterator = {
      next: () => inner.next(),
      return: () => {
        closed += 1;
        return { done: true, value: undefined };
      },
    };
    const kind = Symbol.asyncIterator in inner ? Symbol.asyncIterator : Symbol.iterator;
    const source = { [kind]: () => iterator };
    const run = parallelOn(new BarePool()).map(source as never, double, { buffer: 50 });
    for await (const result of run) if (result === 20) break;
    expect(closed).toBe(1);
  });

  test('leaving the loop destroys a stream, also one that nothing comes from', async () => {
    const busy = Readable.from(laterNumbers());
    for await (const result of parallelOn(new BarePool()).map(busy, double, { buffer: 50 })) {
      if (result === 20) break;
    }
    expect(busy.destroyed).toBe(true);
    const idle = new Readable({ objectMode: true, read: () => undefined });
    idle.push(1);
    const seen: number[] = [];
    for await (const result of parallelOn(new BarePool()).map(idle, double)) {
      seen.push(result);
      break;
    }
    expect(seen).toEqual([2]);
    expect(idle.destroyed).toBe(true);
  });

  test('can be taken once only, and not be awaited as well', async () => {
    const run = parallelOn(new BarePool()).map([1], double);
    for await (const result of run) expect(result).toBe(2);
    await expect(run[Symbol.asyncIterator]().next()).rejects.toThrow(/iterated over once/);
    await expect(run.then()).rejects.toThrow(/can not be awaited, too/);
  });

  test('are there for a loop after they were awaited', async () => {
    const run = parallelOn(new BarePool()).map([1, 2], double);
    await run;
    const results = [];
    for await (const result of run) results.push(result);
    expect(results).toEqual([2, 4]);
  });
});

describe('failures', () => {
  const failing = (value: number) => {
    if (value === 5) throw new RangeError('five');
    return value;
  };

  test('the first ends the run, with the index of its item and the error as cause', async () => {
    const pool = new BarePool();
    const error = await parallelOn(pool)
      .map(numbers(), failing)
      .then(undefined, (thrown: unknown) => thrown);
    expect(ItemFailedError.is(error) && error.index).toBe(5);
    expect((error as Error).message).toBe('Item 5 failed: five');
    expect((error as Error).cause).toBeInstanceOf(RangeError);
  });

  test('of a rejected promise, and of what is no error', async () => {
    const parallel = parallelOn(new BarePool());
    const rejecting = async () => Promise.reject(new TypeError('async'));
    await expect(parallel.map([1], rejecting)).rejects.toMatchObject({
      index: 0,
      cause: { name: 'TypeError' },
    });
    const throwing = () => {
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is tested
      throw 'text';
    };
    await expect(parallel.map([1], throwing)).rejects.toMatchObject({ cause: { thrown: 'text' } });
  });

  test('of the source end the run, as they are', async () => {
    function* broken() {
      yield 1;
      throw new Error('source');
    }
    async function* laterBroken() {
      yield* broken();
    }
    const parallel = parallelOn(new BarePool());
    await expect(parallel.map(broken(), double)).rejects.toThrow('source');
    await expect(parallel.map(laterBroken(), double)).rejects.toThrow('source');
  });

  test('of a worker with several items name all that it may have been', async () => {
    const pool = new BarePool(1);
    pool.instead = () => Promise.reject(new Error('gone'));
    const rejected = parallelOn(pool).map(numbers(10), double, { chunk: 4 });
    await expect(rejected).rejects.toThrow('One of the items 0 to 3 failed: gone');
  });

  test('are collected where asked for', async () => {
    const pool = new BarePool();
    const results = await parallelOn(pool).map(numbers(8), failing, {
      onError: 'settle',
      chunk: 4,
    });
    expect(results.map(({ status }) => status)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map((index) => (index === 5 ? 'rejected' : 'fulfilled')),
    );
    expect(results[5]).toMatchObject({ reason: { index: 5, cause: { name: 'RangeError' } } });
    expect(results[6]).toEqual({ status: 'fulfilled', value: 6 });
  });

  test('of a result that can not be copied take no other result with them', async () => {
    const fn = (value: number) => (value === 1 ? () => value : value);
    const results = await parallelOn(new BarePool()).map([0, 1, 2], fn as never, {
      onError: 'settle',
      chunk: 3,
    });
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });

  test('of a callback for progress end the run', async () => {
    const onProgress = () => {
      throw new Error('progress');
    };
    await expect(parallelOn(new BarePool()).map([1], double, { onProgress })).rejects.toThrow(
      'progress',
    );
  });
});

describe('ending a run', () => {
  test('a signal that has aborted lets nothing begin', async () => {
    const pool = new BarePool();
    const signal = AbortSignal.abort(new Error('no'));
    await expect(parallelOn(pool).map([1], double, { signal })).rejects.toThrow('no');
    expect(pool.requests).toEqual([]);
  });

  test('a signal ends what runs, and is not listened to afterwards', async () => {
    const pool = new BarePool();
    const abort = new AbortController();
    const run = parallelOn(pool).map(laterNumbers(), double, {
      signal: abort.signal,
      onProgress: () => {
        abort.abort(new Error('enough'));
      },
    });
    await expect(run).rejects.toThrow('enough');
  });

  test('a signal may be that of many runs at once', async () => {
    const parallel = parallelOn(new BarePool());
    const [one, other] = [new AbortController(), new AbortController()];
    await parallel.map([1], () => 1, { signal: one.signal });
    await parallel.tasks([() => 1], { signal: other.signal });
    expect([mostListeners(one.signal), mostListeners(other.signal)]).toEqual([0, 0]);
  });

  test('cancel() and killAll() end it with an AbortError', async () => {
    const parallel = parallelOn(new BarePool());
    const [one, other] = [1, 2].map(() => parallel.map(laterNumbers(), double));
    one!.cancel();
    await expect(one).rejects.toMatchObject({ name: 'AbortError' });
    parallel.killAll();
    await expect(other).rejects.toMatchObject({ name: 'AbortError' });
  });
});

function deferred(): { promise: Promise<unknown>; resolve: (value: unknown) => void } {
  let resolve: (value: unknown) => void = () => {};
  const promise = new Promise<unknown>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
