import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { secret, type Application, type ProcessManager } from '@proc/core';
import { AssertionFailedError, FakeDriver, StrayProcessError } from '@proc/testing';
import { inspect } from 'node:util';
import { testingManager } from '../../support/testing-manager.js';

describe('strays', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    // What really runs is the work of another driver, which starts nothing either.
    processes.extend('node', () => new FakeDriver({ fakes: () => 'really' }));
  });

  afterEach(() => app.shutdown());

  const swallow = (command: string): Promise<unknown> =>
    processes.run(command).catch((error: unknown) => error);

  it('that are allowed by a pattern really run, all others do not', async () => {
    processes.preventStrayProcesses().allowStrayProcesses(['git *', /^node\b/]);
    processes.allowStrayProcesses([['make', 'all']]);
    for (const allowed of ['git status', 'node -v', 'make all']) {
      expect((await processes.run(allowed)).output()).toBe('really\n');
    }
    expect(StrayProcessError.is(await swallow('make clean'))).toBe(true);
  });

  it('are all allowed again without patterns, those allowed before included', async () => {
    processes.preventStrayProcesses().allowStrayProcesses(['git *']).allowStrayProcesses();
    expect((await processes.run('rm -r build')).output()).toBe('really\n');
    processes.preventStrayProcesses();
    expect(StrayProcessError.is(await swallow('git status'))).toBe(true);
  });

  it('are asserted not to have been, also where the error was swallowed', async () => {
    processes.preventStrayProcesses().assertNoStrays();
    await swallow('git push');
    await swallow('rm -r build');
    expect(() => processes.assertNoStrays()).toThrow(AssertionFailedError);
    expect(() => processes.assertNoStrays()).toThrow(/^2 stray processes were prevented/);
    expect(() => processes.assertNoStrays()).toThrow(/Attempted process \[rm -r build\]/);
  });

  it('are the cause of that failure, with the line that has asked for each', async () => {
    const failure = (): unknown => {
      try {
        processes.assertNoStrays();
      } catch (error) {
        return error;
      }
      return undefined;
    };
    processes.preventStrayProcesses();
    await swallow('git push');
    const one = (failure() as Error).cause as Error;
    expect(one.message).toContain('Attempted process [git push]');
    expect(one.stack?.split('\n').find((line) => /^\s+at /.test(line))).toContain(
      'stray-rules.test.ts',
    );

    await swallow('rm -r build');
    const both = (failure() as Error).cause as AggregateError;
    expect(both.message).toBe('2 stray processes');
    expect(both.errors.map(String)).toEqual([
      expect.stringMatching(/^StrayProcessError: Attempted process \[git push\]/),
      expect.stringMatching(/^StrayProcessError: Attempted process \[rm -r build\]/),
    ]);
  });

  it('show nothing in that cause that their messages do not say', async () => {
    processes.fake({ 'login --tokn abc123': '' }).preventStrayProcesses();
    await processes.run(['login', '--token', secret('abc123')]).catch(() => undefined);
    const failure = await Promise.resolve()
      .then(() => processes.assertNoStrays())
      .catch((error: unknown) => error);
    const { cause } = failure as Error;
    expect(inspect(cause, { showHidden: true, depth: 9 })).toContain('login');
    expect(inspect(cause, { showHidden: true, depth: 9 })).not.toContain('abc123');
  });

  it('are expected once they have been acknowledged', async () => {
    processes.preventStrayProcesses();
    await swallow('git push');
    expect(processes.acknowledgeStrays().map(({ command }) => command)).toEqual(['git push']);
    expect(processes.acknowledgeStrays()).toEqual([]);
    processes.assertNoStrays();
  });

  it('are forgotten by restore()', async () => {
    processes.preventStrayProcesses();
    await swallow('git push');
    processes.restore();
    processes.assertNoStrays();
    expect((await processes.run('git push')).output()).toBe('really\n');
  });

  it('are still prevented when all is taken back while one is about to start', async () => {
    processes.extend('slow', () => {
      const driver = new FakeDriver();
      return Object.assign(driver, { prepare: () => new Promise(setImmediate) });
    });
    processes.preventStrayProcesses();
    const run = processes.command('rm -r /').driver('slow').run();
    const outcome = run.catch((error: unknown) => error);
    await Promise.resolve();
    processes.restore();
    expect(StrayProcessError.is(await outcome)).toBe(true);
  });

  it('are recorded, and nothing is faked, by spy()', async () => {
    processes.spy();
    await processes.run('git status');
    expect(processes.recorded('git *')).toMatchObject([
      { stray: true, result: { stdout: 'really\n', exitCode: 0 } },
    ]);
    processes.assertRanTimes('git status', 1);
  });

  it('of the driver fake are recorded once, whoever else records', async () => {
    processes.fake({}, { recordStrays: true });
    await processes.command('git status').driver('fake').run();
    processes.assertRanCount(1);
  });
});
