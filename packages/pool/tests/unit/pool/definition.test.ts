import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError, type EntryBuilder, type EntryInput } from '@proc/core';
import { PoolStateError, type PoolDefinition } from '@proc/pool';
import { ending, entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';

const processes = processManager();
const keysOf = async (definition: PoolDefinition): Promise<unknown[]> => {
  const results = await processes.pool(definition).start();
  return [...results.entries()].map(([key]) => key);
};

describe('what defines a pool', () => {
  test('a callback that is handed a builder, whose return value is ignored', async () => {
    const keys = await keysOf((pool) => [pool.add(ending()), pool.as('named').add(ending())]);
    expect(keys).toEqual([0, 'named']);
  });

  test('a list, whose entries may have names', async () => {
    expect(await keysOf([ending(), ending()])).toEqual([0, 1]);
  });

  test('a record', async () => {
    expect(await keysOf({ first: ending(), second: ending() })).toEqual(['first', 'second']);
  });

  test('a Map', async () => {
    expect(await keysOf(new Map([['first', ending()]]))).toEqual(['first']);
  });

  test('a Set, as any other iterable', async () => {
    expect(await keysOf(new Set([ending(), ending()]))).toEqual([0, 1]);
  });

  test('nothing at all, which succeeds', async () => {
    const results = await processes.pool([]).start();
    expect(results.total).toBe(0);
    expect(results.successful()).toBe(true);
  });

  test.each([null, undefined, 'ls -la', 1, ending()])('not %p', (definition) => {
    expect(() => processes.pool(definition as unknown as PoolDefinition)).toThrow(
      InvalidArgumentError,
    );
  });
});

describe('a definition that is wrong', () => {
  test('of a callback that throws rejects with that error, and starts nothing', async () => {
    const entry = ending();
    const error = new Error('no entries today');
    const pool = processes.pool((builder) => {
      builder.add(entry);
      throw error;
    });
    await expect(pool.start()).rejects.toBe(error);
    expect(entry.launched).toBe(false);
  });

  test('of an asynchronous callback is refused, and starts nothing', async () => {
    const entry = ending();
    const pool = processes.pool((async (builder: EntryBuilder) => {
      builder.add(entry);
      throw new Error('nobody would hear of this');
    }) as (builder: EntryBuilder) => void);
    await expect(pool.start()).rejects.toThrow(/must be synchronous/);
    expect(entry.launched).toBe(false);
  });

  test('of a generator function, whose body would never run, is refused', async () => {
    const pool = processes.pool(function* () {
      yield ending();
    });
    await expect(pool.start()).rejects.toThrow(InvalidArgumentError);
  });

  test('with what is no entry is refused, and starts nothing', async () => {
    const entry = ending();
    const pool = processes.pool([entry, 42 as unknown as EntryInput]);
    await expect(pool.start()).rejects.toThrow(InvalidArgumentError);
    expect(entry.launched).toBe(false);
  });

  test('with a key that is used twice is refused, and starts nothing', async () => {
    const entry = ending();
    const pool = processes.pool((builder) => {
      builder.as('same').add(entry);
      builder.as('same').add(ending());
    });
    await expect(pool.start()).rejects.toThrow(/"same"/);
    expect(entry.launched).toBe(false);
  });

  test('with an output callback that is none is refused, and starts nothing', async () => {
    const entry = ending();
    const pool = processes.pool([entry]);
    await expect(pool.start({} as never)).rejects.toThrow(InvalidArgumentError);
    expect(entry.launched).toBe(false);
  });
});

describe('starting a pool again', () => {
  test('runs the callback anew', async () => {
    let starts = 0;
    const pool = processes.pool((builder) => {
      starts += 1;
      for (let index = 0; index < starts; index += 1) builder.add(ending());
    });
    expect((await pool.start()).total).toBe(1);
    expect((await pool.start()).total).toBe(2);
  });

  test('is refused while it runs', async () => {
    const [entry] = entries(1);
    const pool = processes.pool([entry!]);
    const results = pool.start();
    await expect(pool.start()).rejects.toThrow(PoolStateError);
    expect(entry!.runs).toHaveLength(1);
    entry!.run.end();
    expect((await results).successful()).toBe(true);
  });

  test('works after a start that failed', async () => {
    let fails = true;
    const pool = processes.pool((builder) => {
      if (fails) throw new Error('not yet');
      builder.add(ending());
    });
    await expect(pool.start()).rejects.toThrow('not yet');
    fails = false;
    expect((await pool.start()).total).toBe(1);
  });

  test('is refused over a generator, which can be read once', async () => {
    const pool = processes.pool(new Set([ending()]).values());
    expect((await pool.start()).total).toBe(1);
    await expect(pool.start()).rejects.toThrow(/generator/);
  });
});
