import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError, type EntryInput } from '@proc/core';
import { PoolInterruptedError, type Pool, type PoolEntryInput } from '@proc/pool';
import { ending, entries, HandMadeEntry } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();

/** Gives entries, and remembers how far it was read and whether it was left. */
class Source {
  read = 0;
  left = 0;

  *sync(from: Iterable<EntryInput>): Generator<EntryInput> {
    try {
      for (const entry of from) {
        this.read += 1;
        yield entry;
      }
    } finally {
      this.left += 1;
    }
  }

  async *async(from: Iterable<EntryInput>): AsyncGenerator<EntryInput> {
    yield* this.sync(from);
  }
}

describe.each(['sync', 'async'] as const)('a pool over an iterable (%s)', (kind) => {
  test('reads only as much as there are places for', async () => {
    const all = entries(5);
    const source = new Source();
    const results = processes.pool(source[kind](all), { concurrency: 2 }).start();
    await settled();
    expect(source.read).toBe(2);
    all[0]!.run.end();
    await settled();
    expect(source.read).toBe(3);
    for (const entry of all) {
      if (entry.launched) entry.run.end();
      await settled();
    }
    expect((await results).collect()).toHaveLength(5);
    expect(source.left).toBe(1);
  });

  test('does not know the total before the end', async () => {
    const all = entries(2);
    const pool = processes.pool(new Source()[kind](all), { concurrency: 1 });
    const results = pool.start();
    await settled();
    expect(pool.progress()).toMatchObject({ total: null, running: 1, etaMs: null });
    expect(pool.count()).toBe(1);
    all[0]!.run.end();
    await settled();
    all[1]!.run.end();
    await results;
    expect(pool.progress()).toMatchObject({ total: 2, succeeded: 2, etaMs: 0 });
  });

  test('leaves it, cleanly, when the pool is stopped', async () => {
    const source = new Source();
    const pool = processes.pool(source[kind](entries(9)), { concurrency: 2 });
    const started = pool.start();
    await settled();
    await pool.stop();
    const results = await started;
    expect(source).toMatchObject({ read: 2, left: 1 });
    expect(results.skipped).toEqual([]);
    expect(results.failed()).toBe(true);
    expect(results.reason).toBe('stopped');
  });

  test('stops what runs and rejects when it throws', async () => {
    const [first] = entries(1);
    const error = new Error('the list has burnt');
    const source = new Source();
    const burning = function* (): Generator<EntryInput> {
      yield first!;
      throw error;
    };
    const started = processes.pool(source[kind](burning()), { concurrency: 3 }).start();
    const failure: unknown = await started.catch((caught: unknown) => caught);
    expect(PoolInterruptedError.is(failure)).toBe(true);
    expect(failure).toMatchObject({ origin: 'source', cause: error });
    expect((failure as PoolInterruptedError).message).toContain('the list has burnt');
    expect(first!.run.stops).toHaveLength(1);
    expect((failure as PoolInterruptedError).results.failures).toHaveLength(1);
  });

  test('stops what runs and rejects when it gives what is no entry', async () => {
    const [first] = entries(1);
    const source = new Source();
    const given = source[kind]([first!, undefined as unknown as EntryInput, ending()]);
    const failure: unknown = await processes
      .pool(given, { concurrency: 3 })
      .start()
      .catch((caught: unknown) => caught);
    expect(PoolInterruptedError.is(failure)).toBe(true);
    expect(InvalidArgumentError.is((failure as Error).cause)).toBe(true);
    expect(first!.run.stops).toHaveLength(1);
    expect(source.left).toBe(1);
  });

  test('refuses a key that was used before', async () => {
    const given = new Source()[kind]([
      { key: 'same', command: 'true' },
      { key: 'same', command: 'true' },
    ]);
    const pool = processes.pool(given, { concurrency: 1 }).pause();
    const started = pool.start();
    const held = pool.add(ending(), 'same');
    pool.resume();
    await expect(held).resolves.toBeDefined();
    const failure: unknown = await started.catch((caught: unknown) => caught);
    expect(String((failure as Error).cause)).toContain('"same"');
  });
});

describe('a pool over an iterable', () => {
  test('does not wait for one that never answers again', async () => {
    const [entry] = entries(1);
    const stuck = (async function* (): AsyncGenerator<EntryInput> {
      yield entry!;
      await new Promise(() => undefined);
    })();
    const pool = processes.pool(stuck, { concurrency: 2 });
    const started = pool.start();
    await settled();
    await pool.stop();
    expect((await started).reason).toBe('stopped');
  });

  test('ignores what a slow one gives after the end', async () => {
    const late = ending();
    let answer: (step: IteratorResult<EntryInput>) => void = () => undefined;
    const slow: AsyncIterable<EntryInput> = {
      [Symbol.asyncIterator]: () => ({
        next: () => new Promise((resolve) => (answer = resolve)),
      }),
    };
    const pool = processes.pool(slow);
    const started = pool.start();
    await pool.stop();
    answer({ done: false, value: late });
    await settled();
    expect(late.launched).toBe(false);
    expect((await started).total).toBe(0);
  });

  test('lets a generator stop its own pool', async () => {
    const first = new HandMadeEntry();
    let left = false;
    const stopping = function* (): Generator<EntryInput> {
      try {
        yield first;
        void pool.stop();
        yield ending();
      } finally {
        left = true;
      }
    };
    const pool: Pool = processes.pool(stopping(), { concurrency: 5 });
    const results = await pool.start();
    expect(results.total).toBe(1);
    expect(left).toBe(true);
  });

  test('rejects when leaving it fails, though the stop was ours', async () => {
    const error = new Error('could not close');
    const stubborn: AsyncIterable<EntryInput> = {
      [Symbol.asyncIterator]: () => ({
        next: async () => ({ done: false, value: new HandMadeEntry() }),
        return: () => Promise.reject(error),
      }),
    };
    const pool = processes.pool(stubborn, { concurrency: 2 });
    const started = pool.start().catch((caught: unknown) => caught);
    await settled();
    await pool.stop();
    const failure = await started;
    expect(failure).toMatchObject({ origin: 'source', cause: error });
    expect((failure as PoolInterruptedError).results.reason).toBe('stopped');
  });

  test.each<[string, string | undefined]>([
    ['', undefined],
    ['that comes after one which runs', 'first'],
    ['that comes after one that there is not', 'nobody'],
  ])('does not take in an entry %s, given when the pool has been ended', async (_, after) => {
    const first = new HandMadeEntry('first', (run) => (run.obedient = false));
    const late = ending();
    let give: () => void = () => undefined;
    const given = new Promise<void>((resolve) => (give = resolve));
    const slow = async function* (): AsyncGenerator<PoolEntryInput> {
      yield { key: 'first', entry: first };
      await given;
      yield { key: 'late', entry: late, ...(after === undefined ? {} : { after }) };
    };
    const pool = processes.pool(slow(), { concurrency: 2 });
    const started = pool.start();
    await settled();
    const stopped = pool.stop();
    give();
    await settled();
    first.run.end();
    expect(await started).toMatchObject({ total: 1, skipped: [], reason: 'stopped' });
    await stopped;
    expect(late.launched).toBe(false);
    expect(pool.count()).toBe(1);
  });

  test('never touches one whose pool is aborted before its start', async () => {
    const source = new Source();
    const results = await processes
      .pool(source.sync(entries(2)), { signal: AbortSignal.abort() })
      .start();
    expect(source.read).toBe(0);
    expect(results.failed()).toBe(true);
  });

  test('holds the window, not the whole list, of 100,000 entries', async () => {
    let alive = 0;
    let most = 0;
    const many = function* (): Generator<EntryInput> {
      for (let index = 0; index < 100_000; index += 1) {
        most = Math.max(most, ++alive);
        yield new HandMadeEntry('one of many', (run) => {
          void run.outcome.then(() => (alive -= 1));
          queueMicrotask(() => run.end());
        });
      }
    };
    const results = await processes.pool(many(), { concurrency: 8 }).start();
    expect(results.successCount).toBe(100_000);
    expect(most).toBeLessThanOrEqual(9);
  });
});
