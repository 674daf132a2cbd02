import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { PoolKey } from '@proc/pool';
import { fakeProcesses } from '@proc/testing';
import { processManager } from '../support/process-manager.js';

afterEach(() => {
  jest.useRealTimers();
});

describe('a pool of faked processes', () => {
  test('gives faked results, under their keys', async () => {
    const processes = processManager();
    const fakes = fakeProcesses(processes, { 'build *': 'built', 'test *': 1 });
    fakes.preventStrayProcesses();
    const heard: [PoolKey, string][] = [];
    const results = await processes
      .pool({ build: 'build all', test: 'test all' })
      .start((_type, chunk, key) => {
        heard.push([key, chunk]);
      });
    expect(results.get('build')?.output()).toBe('built\n');
    expect(results.get('test')?.exitCode).toBe(1);
    expect(heard).toEqual([['build', 'built\n']]);
    fakes.assertRanCount(2);
  });

  test('keeps to its width', async () => {
    const processes = processManager();
    const fakes = fakeProcesses(processes);
    fakes.fake({ '*': fakes.describe().output('busy').delay('5ms') });
    const commands = Array.from({ length: 7 }, (_, index) => `job ${index}`);
    await processes.pool(commands, { maxProcesses: 3 }).start();
    fakes.assertPeakConcurrency(3);
    fakes.assertRanCount(7);
  });

  test('can be stopped', async () => {
    const processes = processManager();
    const fakes = fakeProcesses(processes);
    fakes.fake({ serve: fakes.describe().delay('1h') });
    const pool = processes.pool(['serve', 'serve']);
    const started = pool.start();
    expect(pool.running()).toHaveLength(2);
    await pool.stop();
    expect(pool.running()).toHaveLength(0);
    expect((await started).failed()).toBe(true);
  });

  test('goes by fake timers: delays, retries, timeouts and graces', async () => {
    jest.useFakeTimers();
    const processes = processManager();
    const fakes = fakeProcesses(processes);
    fakes.fake({
      quick: fakes.describe().delay('10s').output('quick'),
      flaky: fakes.sequence([1, fakes.describe().delay('5s').output('at last')]),
      stuck: fakes.describe().output('up').ignoresSignals().delay('1h'),
    });
    const started = processes
      .pool(
        (pool) => {
          pool.as('quick').command('quick');
          pool.as('flaky').command('flaky').retry(1, '20s');
          pool.as('stuck').command('stuck').timeout('30s').grace('5s');
        },
        { maxProcesses: 2 },
      )
      .start();
    await jest.advanceTimersByTimeAsync(60_000);
    const results = await started;
    expect(results.get('quick')).toMatchObject({ stdout: 'quick\n', durationMs: 10_000 });
    expect(results.get('flaky')).toMatchObject({ stdout: 'at last\n', attempts: 2 });
    expect(results.get('stuck')).toMatchObject({ signal: 'SIGKILL', timedOut: true });
    fakes.assertPeakConcurrency(2).assertSignalled('stuck', 'SIGTERM');
    expect(jest.getTimerCount()).toBe(0);
  });

  test('stops at the first failure, as with real programs', async () => {
    const processes = processManager();
    const fakes = fakeProcesses(processes);
    fakes.fake({
      serve: fakes.describe().output('up').delay('1h'),
      fails: fakes.describe().delay('5ms').exitCode(3),
    });
    const results = await processes
      .pool(['serve', 'fails', 'never'], { maxProcesses: 2, failFast: true })
      .start();
    expect(results.get(1)?.exitCode).toBe(3);
    expect(results.get(0)?.successful()).toBe(false);
    fakes.assertSignalled('serve', 'SIGTERM').assertNotRan('never');
  });
});
