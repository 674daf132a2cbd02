import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { ProcessFailedError } from '@proc/core';
import { fakeProcesses } from '@proc/testing';
import { processManager } from '../support/process-manager.js';
import { printing, Readiness, waiting } from '../support/programs.js';

const processes = processManager();

afterEach(() => {
  expect(processes.activeProcesses).toEqual([]);
});

afterAll(() => processes.shutdown());

describe('a pool, as Laravel has it', () => {
  test('gives two entries without names the keys 0 and 1, and is successful with both', async () => {
    const results = await processes
      .pool((pool) => {
        pool.command(printing('first'));
        pool.command(printing('second'));
      })
      .start();
    expect([...results.entries()].map(([key, result]) => [key, result.output()])).toEqual([
      [0, 'first'],
      [1, 'second'],
    ]);
    expect([results.get(0)?.successful(), results.get(1)?.successful()]).toEqual([true, true]);
    expect([results.successful(), results.failed()]).toEqual([true, false]);
  });

  test('takes faked and real entries beside each other, and fails by one of them', async () => {
    const mixed = processManager();
    const fakes = fakeProcesses(mixed, { 'faked *': 7 });
    const results = await mixed.pool({ fake: 'faked one', real: printing('real') }).start();
    expect([results.get('fake')?.exitCode, results.get('real')?.output()]).toEqual([7, 'real']);
    expect([results.get('fake')?.failed(), results.get('real')?.successful()]).toEqual([
      true,
      true,
    ]);
    expect([results.successful(), results.failed()]).toEqual([false, true]);
    expect(() => results.get('fake')?.throw()).toThrow(ProcessFailedError);
    fakes.assertRanCount(1);
    await mixed.shutdown();
  });

  test('tells while it runs how many it has, and goes through them by key in their order', async () => {
    const ready = new Readiness();
    const pool = processes.pool(
      { first: waiting(), second: waiting(), third: waiting() },
      { concurrency: 3 },
    );
    const started = pool.start(ready.onOutput);
    await ready.of('first', 'second', 'third');
    expect(pool.count()).toBe(3);
    expect(pool.running().map(({ key }) => key)).toEqual(['first', 'second', 'third']);
    await pool.stop();
    expect(pool.running()).toEqual([]);
    expect([...(await started).entries()].map(([key]) => key)).toEqual([
      'first',
      'second',
      'third',
    ]);
  });
});
