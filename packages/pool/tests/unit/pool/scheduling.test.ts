import { describe, expect, test } from '@jest/globals';
import { EntrySkippedError, type PoolBuilder, type PoolEntryInput } from '@proc/pool';
import { ending, entries, HandMadeEntry } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();
const launched = (all: readonly HandMadeEntry[]): boolean[] => all.map((entry) => entry.launched);

describe('priorities', () => {
  test('decide which entry is next; the order of entries decides among equals', async () => {
    const order: string[] = [];
    const noting = (name: string): HandMadeEntry =>
      new HandMadeEntry(name, (run) => {
        order.push(name);
        run.end();
      });
    await processes
      .pool(
        (pool) => {
          pool.priority(-1).add(noting('last'));
          pool.add(noting('c'));
          pool.priority(5).add(noting('a'));
          pool.priority(5).add(noting('b'));
          pool.add(noting('d'));
        },
        { concurrency: 1 },
      )
      .pause()
      .resume()
      .start();
    expect(order).toEqual(['a', 'b', 'c', 'd', 'last']);
  });
});

describe('weights', () => {
  test('count as that many places, and nothing slips past a heavy entry', async () => {
    const [a, heavy, c] = entries(3);
    const results = processes
      .pool([a!, { entry: heavy!, weight: 2 }, c!], { concurrency: 2 })
      .start();
    expect(launched([a!, heavy!, c!])).toEqual([true, false, false]);
    a!.run.end();
    await settled();
    expect(launched([heavy!, c!])).toEqual([true, false]);
    heavy!.run.end();
    await settled();
    c!.run.end();
    expect((await results).successful()).toBe(true);
  });

  test('above the width of the pool make an entry run alone', async () => {
    const [a, heavy, c] = entries(3);
    const pool = processes.pool([a!, { entry: heavy!, weight: 9 }, c!], { concurrency: 2 });
    const results = pool.start();
    a!.run.end();
    await settled();
    pool.concurrency = 4;
    expect(launched([heavy!, c!])).toEqual([true, false]);
    heavy!.run.end();
    await settled();
    c!.run.end();
    expect((await results).successful()).toBe(true);
  });
});

describe('entries that come after others', () => {
  test('start when all of those have succeeded, and take no place until then', async () => {
    const [a, b, c, d] = entries(4);
    const pool = processes.pool(
      (builder) => {
        builder.as('b').after('a', 'c').add(b!);
        builder.as('a').add(a!);
        builder.as('c').add(c!);
        builder.after('b').add(d!);
      },
      { concurrency: 2 },
    );
    const results = pool.start();
    expect(launched([a!, b!, c!, d!])).toEqual([true, false, true, false]);
    expect(pool.progress()).toMatchObject({ queued: 2, running: 2 });
    c!.run.end();
    await settled();
    expect(b!.launched).toBe(false);
    a!.run.end();
    await settled();
    expect(launched([b!, d!])).toEqual([true, false]);
    b!.run.end();
    await settled();
    d!.run.end();
    expect((await results).successful()).toBe(true);
  });

  test('are skipped when one of those fails or is skipped, and it is known which', async () => {
    const pool = processes.pool({
      a: ending({ exitCode: 1 }),
      b: { entry: ending(), after: 'a' },
      c: { entry: ending(), after: ['b'] },
      d: { entry: ending(), after: { key: 'c', on: 'end' } },
    });
    const results = await pool.start();
    expect(results.skipped).toEqual(['b', 'c']);
    expect(results.get('d')?.successful()).toBe(true);
    expect(results.reason).toBeNull();
    expect(results.failed()).toBe(true);
    expect(results.whySkipped('b')).toMatchObject({ after: { key: 'a', state: 'failed' } });
    expect(results.whySkipped('c')?.message).toBe(
      'Entry "c" was not started: it comes after "b", which was skipped.',
    );
    expect(results.whySkipped('a')).toBeUndefined();
    expect(pool.progress()).toMatchObject({ queued: 0, skipped: 2, failed: 1, succeeded: 1 });
  });

  test('may be a chain of any length', async () => {
    const chain = Array.from({ length: 20_000 }, (_, index) =>
      index === 0 ? ending({ exitCode: 1 }) : { entry: ending(), after: index - 1 },
    );
    expect((await processes.pool(chain).start()).skipped).toHaveLength(19_999);
  });

  test.each<[string, PoolBuilder, RegExp]>([
    [
      'one that is not there',
      (pool) => {
        pool.as('build').add(ending());
        pool.as('test').after('biuld').add(ending());
      },
      /"test" comes after an entry named "biuld", and the pool has none. Did you mean "build"/,
    ],
    [
      'the position of one that has a name',
      (pool) => {
        pool.as('build').add(ending());
        pool.after(0).add(ending());
      },
      /position 0/,
    ],
    [
      'each other',
      (pool) => {
        pool.as('x').after('a').add(ending());
        pool.as('a').after('b').add(ending());
        pool.as('b').after('a').add(ending());
      },
      /in a circle: a → b → a\./,
    ],
    ['themselves', (pool) => void pool.as('a').after('a').add(ending()), /circle: a → a\./],
    ['nothing', (pool) => void pool.after('a'), /after\(\) without an entry/],
  ])('of %s are refused before anything starts', async (_, define, message) => {
    const first = ending();
    const pool = processes.pool((builder) => {
      builder.as('first').add(first);
      define(builder);
    });
    await expect(pool.start()).rejects.toThrow(message);
    expect(first.launched).toBe(false);
  });

  test.each([
    { after: '' },
    { after: -1 },
    { after: { key: 'a', on: 'failure' } },
    { after: { name: 'a' } },
    { priority: '1' },
    { priority: Number.NaN },
    { weight: 0 },
    { weight: Infinity },
  ])('%j is refused', async (scheduling) => {
    const input = { command: 'true', ...scheduling } as PoolEntryInput;
    await expect(processes.pool([input]).start()).rejects.toThrow(/of a pool/);
  });

  test('of an iterable may come before those; at its end one that waits for nobody interrupts', async () => {
    const given = (missing: string): PoolEntryInput[] => [
      { entry: ending(), key: 'b', after: 'a' },
      { entry: ending(), key: 'a' },
      { entry: ending(), key: 'c', after: missing },
    ];
    const good = await processes.pool(new Set(given('b')), { concurrency: 1 }).start();
    expect(good.successCount).toBe(3);
    async function* later() {
      yield* given('x');
    }
    await expect(processes.pool(later()).start()).rejects.toMatchObject({
      code: 'ERR_PROC_POOL_INTERRUPTED',
      origin: 'source',
      message: expect.stringContaining('"x"'),
    });
  });

  test('can be added while the pool runs, after entries that are known', async () => {
    const [a] = entries(1);
    const pool = processes.pool({ a: a! });
    const results = pool.start();
    const added = pool.add({ entry: ending(), after: 'a' }, 'b');
    await expect(pool.add({ entry: ending(), after: 'x' })).rejects.toThrow(/named "x"/);
    await expect(pool.add({ entry: ending(), key: 'c', after: 'c' })).rejects.toThrow(/"c"/);
    a!.run.end({ exitCode: 1 });
    await expect(added).rejects.toBeInstanceOf(EntrySkippedError);
    expect((await results).skipped).toEqual(['b']);
  });

  test('are skipped when the pool ends before their turn', async () => {
    const [a] = entries(1);
    const pool = processes.pool({ b: { entry: ending(), after: 'a' }, a: a! });
    const results = pool.start();
    await pool.stop();
    expect((await results).whySkipped('b')?.reason).toBe('stopped');
  });
});
