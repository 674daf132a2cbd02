import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { EntrySkippedError, PoolStateError, type Pool } from '@proc/pool';
import { ending, entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();

describe('adding an entry to a pool that runs', () => {
  test('starts it in its turn, and resolves with its result', async () => {
    const all = entries(2);
    const pool = processes.pool(all, { concurrency: 1 });
    const started = pool.start();
    const added = pool.add(ending({ exitCode: 4 }), 'late');
    expect(pool.count()).toBe(3);
    for (const entry of all) {
      entry.run.end();
      await settled();
    }
    expect((await added).exitCode).toBe(4);
    const results = await started;
    expect([...results.entries()].map(([key]) => key)).toEqual([0, 1, 'late']);
    expect(results.get('late')).toBe(await added);
  });

  test('gives it the next position for a key', async () => {
    const pool = processes.pool(entries(1));
    const started = pool.start();
    await pool.add(ending());
    expect(pool.running().map(({ key }) => key)).toEqual([0]);
    await pool.stop();
    expect((await started).get(1)?.successful()).toBe(true);
  });

  test('goes before what an iterable would give next', async () => {
    const all = entries(3);
    const pool = processes.pool(new Set(all), { concurrency: 1 });
    const started = pool.start();
    const [added] = entries(1);
    void pool.add(added!);
    all[0]!.run.end();
    await settled();
    expect(added!.launched).toBe(true);
    expect(all[1]!.launched).toBe(false);
    await pool.stop();
    await started;
  });

  test('from a callback that hears of each beginning does not pile up on the stack', async () => {
    let added = 0;
    const pool: Pool = processes.pool([ending()], {
      concurrency: Infinity,
      onProgress: ({ total }) => {
        if (total === added + 1 && added < 20_000) {
          added += 1;
          void pool.add(ending());
        }
      },
    });
    expect((await pool.start()).total).toBe(20_001);
  });

  test('refuses a key that is taken', async () => {
    const pool = processes.pool({ same: entries(1)[0]! });
    const started = pool.start();
    await expect(pool.add(ending(), 'same')).rejects.toThrow(InvalidArgumentError);
    await pool.stop();
    expect((await started).total).toBe(1);
  });

  test('is refused before the start, while it ends, and after the end', async () => {
    const all = entries(2);
    const pool = processes.pool(all);
    await expect(pool.add(ending())).rejects.toThrow(PoolStateError);
    const started = pool.start();
    all[0]!.run.obedient = false;
    const stopped = pool.stop();
    await expect(pool.add(ending())).rejects.toThrow(PoolStateError);
    all[0]!.run.end();
    await stopped;
    await started;
    await expect(pool.add(ending())).rejects.toThrow(PoolStateError);
  });

  test('rejects when the pool ends before its turn, but nobody has to listen', async () => {
    const all = entries(1);
    const pool = processes.pool(all, { concurrency: 1 });
    const started = pool.start();
    void pool.add(ending());
    const added = pool.add(ending(), 'late');
    const cause = await Promise.all([pool.stop(), added.catch((error: unknown) => error)]);
    expect(EntrySkippedError.is(cause[1])).toBe(true);
    expect(cause[1]).toMatchObject({ key: 'late', reason: 'stopped' });
    expect((await started).skipped).toEqual([1, 'late']);
    await settled();
  });
});
