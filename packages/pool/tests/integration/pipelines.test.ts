import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { PipeServiceProvider } from '@proc/pipe';
import { PoolServiceProvider } from '@proc/pool';
import { printing, Readiness, waiting } from '../support/programs.js';

const app = new Application({
  providers: [ProcessServiceProvider, PoolServiceProvider, PipeServiceProvider],
  config: {
    process: { default: process.env['PROC_TEST_DRIVER'] ?? 'node', pool: { concurrency: 4 } },
  },
});
void app.boot();
const processes = app.get(ProcessManager);

afterEach(() => {
  expect(processes.activeProcesses).toEqual([]);
});

afterAll(() => processes.shutdown());

describe('pipelines in a pool', () => {
  test('run beside each other, and beside commands, each with one result', async () => {
    const results = await processes
      .pool((pool) => {
        pool.as('sorted').pipeThrough((pipe) => {
          pipe.command(printing('b\na\n'));
          pipe.command('sort');
        });
        pool.as('counted').pipeThrough([printing('x\ny\nz\n'), 'wc -l']);
        pool.as('plain').command(printing('plain'));
      })
      .start();
    expect(results.get('sorted')?.output()).toBe('a\nb\n');
    expect(results.get('counted')?.output().trim()).toBe('3');
    expect(results.get('plain')?.output()).toBe('plain');
    results.throwIfAnyFailed();
  });

  test('fail the pool by a stage that fails', async () => {
    const results = await processes
      .pool((pool) => pool.pipeThrough([printing('', 'broken\n', 4), 'cat']))
      .start();
    expect(results.failureCount).toBe(1);
    expect(() => results.throwIfAnyFailed()).toThrow(/broken/);
  });

  test('are stopped with the pool', async () => {
    const ready = new Readiness();
    const pool = processes.pool([processes.pipe([waiting(), 'cat']).streaming()]);
    const started = pool.start(ready.onOutput);
    await ready.of(0);
    await pool.stop();
    const results = await started;
    expect(results.failed()).toBe(true);
    expect(results.reason).toBe('stopped');
  });
});
