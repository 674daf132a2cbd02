import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import { PoolFailedError, PoolStateError, type PoolKey } from '@proc/pool';
import { ending, entries } from '../../support/hand-made-entry.js';
import { JournalPlace } from '../../support/journal-place.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();
const place = new JournalPlace();

describe('a pool that collects no results', () => {
  test('keeps the numbers, the keys of what failed and why', async () => {
    const results = await processes
      .pool(
        [
          { entry: ending({ stdout: 'kept by nobody' }), key: 'fine' },
          { entry: ending({ exitCode: 3, stderr: 'no room\n' }), key: 'broken' },
          ending({ exitCode: 4 }),
          { entry: ending(), key: 'never', after: 'broken' },
        ],
        { collect: false },
      )
      .start();
    const { total, successCount, failureCount, failedKeys, skipped, collected } = results;
    expect({ total, successCount, failureCount, failedKeys, skipped, collected }).toEqual({
      total: 4,
      successCount: 1,
      failureCount: 2,
      failedKeys: ['broken', 2],
      skipped: ['never'],
      collected: false,
    });
    expect([results.successful(), results.failed()]).toEqual([false, true]);
    expect(results.toJSON()).toMatchObject({ total: 4, failedKeys: ['broken', 2], entries: [] });
    const failure = () => results.throwIfAnyFailed();
    expect(failure).toThrow(PoolFailedError);
    expect(failure).toThrow(/2 of 4 pool entries failed[^]*"broken"[^]*exit code 3[^]*no room/);
  });

  test('says the same of failures as one that collects them', async () => {
    const all = () => Array.from({ length: 12 }, () => ending({ exitCode: 1, stderr: 'bad' }));
    const collected = await processes.pool(all()).start();
    const counted = await processes.pool(all(), { collect: false }).start();
    expect(new PoolFailedError(counted).message).toBe(new PoolFailedError(collected).message);
    expect(counted.failedKeys).toEqual(collected.failedKeys);
  });

  test('refuses to give results that it does not have', async () => {
    const results = await processes.pool([ending()], { collect: false }).start();
    for (const ask of [
      () => [...results],
      () => results.get(0),
      () => results.entries(),
      () => results.collect(),
      () => results.successes,
      () => results.failures,
    ]) {
      expect(ask).toThrow(PoolStateError);
    }
  });

  test('gives each result as it comes, also those that are taken over from a journal', async () => {
    const journal = place.next();
    const source = function* (count: number) {
      for (let index = 0; index < count; index++) yield ending({ stdout: `${index}` }, 'same');
    };
    await processes.pool(source(2), { journal, collect: false }).start();
    const read: [PoolKey, string][] = [];
    const pool = processes.pool(source(4), { journal, resume: 'missing', collect: false });
    for await (const [key, result] of pool.results()) read.push([key, result.stdout]);
    expect(read).toEqual([0, 1, 2, 3].map((index) => [index, `${index}`]));
  });

  test('gives the promise of an added entry its result', async () => {
    const [first] = entries(1);
    const pool = processes.pool([first!], { collect: false });
    const started = pool.start();
    const added = pool.add({ entry: ending({ stdout: 'added' }) });
    first!.run.end();
    expect((await added).stdout).toBe('added');
    expect((await started).successCount).toBe(2);
  });

  test('reads an iterable no further than its slowest reader can follow', async () => {
    let given = 0;
    const source = function* () {
      for (; given < 1000; given++) yield ending();
    };
    const pool = processes.pool(source(), { collect: false, concurrency: 4 });
    const reader = pool.results();
    await reader.next();
    for (let turn = 0; turn < 300; turn++) await settled();
    expect(given).toBeGreaterThan(50);
    expect(given).toBeLessThan(100);
    let read = 1;
    for await (const _completed of { [Symbol.asyncIterator]: () => reader }) read += 1;
    expect([read, given]).toEqual([1000, 1000]);
  });

  test('can be stopped while it waits for its reader', async () => {
    const source = function* () {
      for (;;) yield ending();
    };
    const pool = processes.pool(source(), { collect: false, concurrency: 4 });
    const reader = pool.results();
    await reader.next();
    for (let turn = 0; turn < 300; turn++) await settled();
    await reader.return();
    expect(pool.running()).toEqual([]);
  });

  test('is told so by true or false alone', () => {
    expect(() => processes.pool([], { collect: 'no' as never })).toThrow(InvalidArgumentError);
  });
});
