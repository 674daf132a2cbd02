import { describe, expect, test } from '@jest/globals';
import type { PoolKey } from '@proc/pool';
import { fakeProcesses } from '@proc/testing';
import { processManager } from '../support/process-manager.js';

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
});
