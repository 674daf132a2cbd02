import { getEventListeners } from 'node:events';
import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { BarePool } from '../../support/bare-pool.js';
import { gate } from '../../support/gate.js';
import { parallelOn } from '../../support/parallel-on.js';

const same = (value: unknown) => value;

/** An iterable whose iterator counts what is asked of it. */
class Counted<T> {
  nexts = 0;
  returns = 0;
  readonly #next: (nth: number) => Promise<IteratorResult<T>>;

  constructor(next: (nth: number) => Promise<IteratorResult<T>>) {
    this.#next = next;
  }

  [Symbol.asyncIterator](): AsyncIterator<T> {
    return {
      next: () => this.#next(this.nexts++),
      return: async () => {
        this.returns += 1;
        return { done: true, value: undefined };
      },
    };
  }
}

const endless = async (nth: number): Promise<IteratorResult<number>> => {
  await setImmediate();
  return { done: false, value: nth };
};

describe('a source', () => {
  test('that fails while the workers have all they can take fails the run: what is there is not all', async () => {
    const pool = new BarePool(1);
    const failed = gate();
    pool.instead = async ({ items }) => {
      await failed.opened;
      return { done: items.length, elapsed: 1, results: items };
    };
    async function* broken() {
      yield 1;
      // The one worker has it by now, and nothing more is asked for.
      while (pool.requests.length === 0) await setImmediate();
      setTimeout(failed.open, 0);
      throw new Error('cut off');
    }
    const run = parallelOn(pool).map(broken(), same, { chunk: 10, concurrency: 1 });
    await expect(run).rejects.toThrow('cut off');
  });

  test.each([
    ['sync', { [Symbol.iterator]: () => ({ next: () => 5 }) }],
    ['async', { [Symbol.asyncIterator]: () => ({ next: async () => undefined }) }],
  ])('whose iterator gives what is no object ends the run (%s)', async (_kind, items) => {
    const run = parallelOn(new BarePool()).map(items as unknown as Iterable<number>, same);
    await expect(run).rejects.toThrow(/has given (5|undefined), no object/);
  });

  test.each(['sync', 'async'])('that throws undefined ends the run as well (%s)', async (kind) => {
    function* broken() {
      yield 1;
      // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is tested
      throw undefined;
    }
    async function* laterBroken() {
      yield* broken();
    }
    const items = kind === 'sync' ? broken() : laterBroken();
    const run = parallelOn(new BarePool()).map(items, same);
    await expect(run.then(undefined, (thrown: unknown) => ({ thrown }))).resolves.toEqual({
      thrown: undefined,
    });
  });

  test('is pulled no further ahead than the buffer, also where its items come one by one', async () => {
    const source = new Counted(endless);
    const pool = new BarePool(1);
    pool.instead = () => new Promise(() => {});
    const run = parallelOn(pool).map(source, same, { buffer: 4, chunk: 4, concurrency: 1 });
    while (source.nexts < 4) await setImmediate();
    for (let turn = 0; turn < 20; turn += 1) await setImmediate();
    expect(source.nexts).toBe(4);
    run.cancel();
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(source.returns).toBe(1);
  });

  test('that ends its own run is closed once it can be', async () => {
    let closed = 0;
    function* numbers() {
      try {
        for (let value = 0; ; value += 1) {
          if (value === 3) run.cancel();
          yield value;
        }
      } finally {
        closed += 1;
      }
    }
    const run = parallelOn(new BarePool()).map(numbers(), same);
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
    expect(closed).toBe(1);
  });

  test('that is a stream is destroyed also where nothing begins', async () => {
    const stream = Readable.from([1, 2, 3]);
    const signal = AbortSignal.abort(new Error('no'));
    await expect(parallelOn(new BarePool()).map(stream, same, { signal })).rejects.toThrow('no');
    expect(stream.destroyed).toBe(true);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('with holes is done when all that is there is done', async () => {
    // eslint-disable-next-line no-sparse-arrays -- what is tested
    const run = parallelOn(new BarePool()).map([1, , , 4, ,] as number[], same);
    await run;
    expect(run.progress).toEqual({ done: 2, total: 2 });
  });
});

describe('an iterator of results', () => {
  test('that is left before its first result ends the run', async () => {
    const source = new Counted(endless);
    const run = parallelOn(new BarePool()).map(source, same);
    const results = run[Symbol.asyncIterator]();
    while (source.nexts === 0) await setImmediate();
    await expect(results.return()).resolves.toEqual({ done: true, value: undefined });
    expect([source.returns, run.running]).toEqual([1, 0]);
    await expect(results.next()).resolves.toEqual({ done: true, value: undefined });
  });

  test('that is left while a result is waited for does not wait for it', async () => {
    const source = new Counted(endless);
    const pool = new BarePool();
    pool.instead = () => new Promise(() => {});
    const results = parallelOn(pool).map(source, same)[Symbol.asyncIterator]();
    const next = results.next();
    while (pool.requests.length === 0) await setImmediate();
    await results.return();
    await expect(next).resolves.toEqual({ done: true, value: undefined });
    expect(source.returns).toBe(1);
  });

  test('as a stream ends the run when the stream is destroyed', async () => {
    const source = new Counted(endless);
    const stream = Readable.from(parallelOn(new BarePool()).map(source, same));
    const closed = new Promise<void>((resolve) => stream.once('close', resolve));
    while (source.nexts === 0) await setImmediate();
    stream.once('error', () => undefined).destroy(new Error('enough'));
    await closed;
    expect(source.returns).toBe(1);
  });

  test('tells the error of a source that can not be closed', async () => {
    const source = new Counted(endless);
    const inner = source[Symbol.asyncIterator]();
    const broken = {
      [Symbol.asyncIterator]: () => ({
        next: () => inner.next(),
        return: () => Promise.reject(new Error('clean up')),
      }),
    };
    const leaving = async () => {
      for await (const each of parallelOn(new BarePool()).map(broken, same, { buffer: 1 }))
        return each;
      return undefined;
    };
    await expect(leaving()).rejects.toThrow('clean up');
  });
});
