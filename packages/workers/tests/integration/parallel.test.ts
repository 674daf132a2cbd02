import { sep } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { ItemFailedError } from '../../src/errors/item-failed-error.js';
import { transfer } from '../../src/functions/transfer.js';
import type { ChunkRequest } from '../../src/parallel/chunks/chunk-request.js';
import type { ParallelPool } from '../../src/parallel/flow/parallel-pool.js';
import type { ItemContext } from '../../src/parallel/item-function.js';
import type { WorkerPool } from '../../src/pool/worker-pool.js';
import { parallelOn } from '../support/parallel-on.js';
import { KINDS, makePool, REAL_KINDS } from '../support/pools.js';

// Workers start slowly here: their sources are compiled.
jest.setTimeout(60_000);

/** A pool that tells what it was given. */
function watched(pool: WorkerPool): ParallelPool & { readonly requests: ChunkRequest[] } {
  const requests: ChunkRequest[] = [];
  return {
    requests,
    maxSize: pool.maxSize,
    submitTask: (reference, args, options) => {
      requests.push(args[0] as ChunkRequest);
      return pool.submitTask(reference, args, options);
    },
  };
}

function* numbers(end: number) {
  for (let value = 0; value < end; value += 1) yield value;
}

const items = [...numbers(500)];

describe.each(KINDS)('work on many items: %s', (kind) => {
  test('gives what arrays give', async () => {
    const parallel = parallelOn(makePool(kind, { size: 2 }));
    const factor = 3;
    const above = (value: number) => value > 250;
    const results = await parallel.map(items, (value) => value * factor, { with: { factor } });
    expect(results).toEqual(items.map((value) => value * factor));
    await expect(parallel.filter(items, above)).resolves.toEqual(items.filter(above));
    await expect(parallel.find(items, above)).resolves.toBe(251);
    await expect(parallel.some(items, above)).resolves.toBe(true);
    await expect(parallel.every(items, above)).resolves.toBe(false);
    await expect(parallel.reduce(items, (one, other) => one + other, 0)).resolves.toBe(124_750);
    await expect(parallel.tasks([() => 1, [(one: number) => one + 1, 4]])).resolves.toEqual([1, 5]);
  });

  test('gives the function the whole context of its task', async () => {
    const fn = (value: number, context: ItemContext) => ({
      index: context.index + value,
      attempt: context.attempt,
      inWorker: context.workerId > 0,
      aborted: context.aborted || context.signal.aborted,
      given: context.with['given'],
      sep: (context.require('node:path') as { sep: string }).sep,
    });
    const results = await parallelOn(makePool(kind, { size: 1 })).map([0, 0], fn, {
      with: { given: 5 },
    });
    const same = { attempt: 1, inWorker: true, aborted: false, given: 5, sep };
    expect(results).toEqual([
      { index: 0, ...same },
      { index: 1, ...same },
    ]);
  });

  test('streams what is pulled lazily, and ends the rest with the loop', async () => {
    let closed = false;
    async function* endless() {
      try {
        for (const value of numbers(Infinity)) yield value;
      } finally {
        closed = true;
      }
    }
    const taken: number[] = [];
    const run = parallelOn(makePool(kind, { size: 2 })).map(endless(), (value) => value * 2, {
      buffer: 64,
    });
    for await (const value of run) {
      taken.push(value);
      if (taken.length === 300) break;
    }
    expect(taken).toEqual([...numbers(300)].map((value) => value * 2));
    expect(closed).toBe(true);
  });

  test('tells the index of the item that failed, and has its error as cause', async () => {
    const fn = (value: number) => {
      if (value === 77) throw Object.assign(new RangeError('lucky'), { code: 'E_LUCKY' });
      return value;
    };
    await expect(parallelOn(makePool(kind, { size: 2 })).map(items, fn)).rejects.toMatchObject({
      code: 'ERR_PROC_ITEM_FAILED',
      index: 77,
      cause: { name: 'RangeError', message: 'lucky', code: 'E_LUCKY' },
    });
  });

  test('tells the index of the result that can not be copied', async () => {
    const fn = (value: number) => (value === 5 ? { inner: () => value } : value);
    const rejected = parallelOn(makePool(kind, { size: 2 })).map(items, fn, { chunk: 10 });
    await expect(rejected).rejects.toMatchObject({
      index: 5,
      cause: { code: 'ERR_PROC_UNCLONEABLE_VALUE', path: 'result.inner' },
    });
  });

  test('brings events of items in their order, before the end', async () => {
    const seen: unknown[] = [];
    const fn = (value: number, { emit }: ItemContext) => {
      emit(`begin ${value}`);
      emit(`end ${value}`);
    };
    await parallelOn(makePool(kind, { size: 1 })).forEach([1, 2, 3], fn, {
      onEmit: (event, index) => seen.push([event, index]),
    });
    expect(seen).toEqual(
      [1, 2, 3].flatMap((value) => [
        [`begin ${value}`, value - 1],
        [`end ${value}`, value - 1],
      ]),
    );
  });

  test('gives back what is left of a chunk that takes too long, and spreads it anew', async () => {
    const pool = watched(makePool(kind, { size: 2 }));
    // Fast at first, so that chunks get large; then slow.
    const fn = (value: number) => {
      const end = performance.now() + (value < 2000 ? 0 : 15);
      while (performance.now() < end);
      return value;
    };
    const results = await parallelOn(pool).map(numbers(2060), fn);
    expect(results).toEqual([...numbers(2060)]);
    const sent = pool.requests.reduce((sum, { items: each }) => sum + each.length, 0);
    expect(sent).toBeGreaterThan(2060);
  });
});

describe.each(REAL_KINDS)('work on many items in real workers: %s', (kind) => {
  test('fails by a worker that is lost, and the pool goes on', async () => {
    const parallel = parallelOn(makePool(kind, { size: 2 }));
    const fn = (value: number) => {
      if (value === 7) process.exit(3);
      return value;
    };
    const error = await parallel
      .map(items, fn, { chunk: 5 })
      .then(undefined, (thrown: unknown) => thrown);
    expect(ItemFailedError.is(error) && [error.index, error.lastIndex]).toEqual([5, 9]);
    expect((error as Error).cause).toMatchObject({ code: 'ERR_PROC_WORKER_CRASHED' });
    await expect(parallel.map([1, 2], (value) => value + 1)).resolves.toEqual([2, 3]);
  });

  test('ends a loop that never lets go by the time of its item', async () => {
    const parallel = parallelOn(makePool(kind, { size: 1 }));
    const fn = (value: number) => {
      while (value === 1);
      return value;
    };
    await expect(parallel.map([0, 1, 2], fn, { timeout: 200 })).rejects.toMatchObject({
      index: 1,
      cause: { code: 'ERR_PROC_TASK_TIMED_OUT' },
    });
  });

  test('hands `with` to each worker', async () => {
    const text = 'x'.repeat(1_000_000);
    const pool = makePool(kind, { size: 2 });
    const lengths = await parallelOn(pool).map(numbers(40), () => text.length, {
      with: { text },
      chunk: 1,
    });
    expect(lengths).toEqual(Array.from({ length: 40 }, () => text.length));
  });
});

describe('memory that is handed over', () => {
  test('is gone here when a thread has it, and comes back the same way', async () => {
    const pixels = new Uint8Array([1, 2, 3]);
    const parallel = parallelOn(makePool('thread', { size: 1 }));
    const [length] = await parallel.map(
      [{ pixels: transfer(pixels) }],
      (item) => item.pixels.length,
      { chunk: 1 },
    );
    expect(length).toBe(3);
    expect(pixels.length).toBe(0);
  });

  test('is copied to a process', async () => {
    const pixels = new Uint8Array([1, 2, 3]);
    const parallel = parallelOn(makePool('process', { size: 1 }));
    const [length] = await parallel.map(
      [{ pixels: transfer(pixels) }],
      (item) => item.pixels.length,
      { chunk: 1 },
    );
    expect([length, pixels.length]).toEqual([3, 3]);
  });

  test('that is shared stays shared in threads, and is refused for processes', async () => {
    const shared = new Int32Array(new SharedArrayBuffer(4));
    await parallelOn(makePool('thread', { size: 1 })).forEach([shared.buffer], (buffer) => {
      Atomics.add(new Int32Array(buffer), 0, 5);
    });
    expect(shared[0]).toBe(5);
    await expect(
      parallelOn(makePool('process', { size: 1 })).forEach([shared.buffer], () => 1),
    ).rejects.toThrow(/Processes share no memory/);
  });
});
