import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { AssertionFailedError, FakeDriver, fakeProcesses, StrayProcessError } from '@proc/testing';
import { testingManager } from '../../support/testing-manager.js';

describe('an isolated part of a test', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.extend('node', () => new FakeDriver({ fakes: () => 'really' }));
  });

  afterEach(() => app.shutdown());

  /** Resolves for all who wait when so many do: they are at the same place at the same time. */
  const meeting = (size: number): (() => Promise<void>) => {
    let arrived = 0;
    let open = (): void => undefined;
    const all = new Promise<void>((resolve) => {
      open = resolve;
    });
    return () => {
      if (++arrived === size) open();
      return all;
    };
  };

  it('sees nothing of another that runs at the same time, nor that of it', async () => {
    const meet = meeting(3);
    const part = (name: string): Promise<string> =>
      processes.isolated(async () => {
        processes.fake({ whoami: name, [`only ${name}`]: '' });
        await meet();
        const result = await processes.run('whoami');
        await processes.run(`only ${name}`);
        processes.assertRanInOrder(['whoami', `only ${name}`]).assertPeakConcurrency(1);
        return result.output();
      });
    expect(await Promise.all(['a', 'b', 'c'].map(part))).toEqual(['a\n', 'b\n', 'c\n']);
    expect(processes.recorded()).toEqual([]);
  });

  it('has nothing of the fakes outside, and leaves them as they were', async () => {
    processes.fake({ 'git *': 'outside' });
    await processes.run('git log');
    await processes.isolated(async () => {
      expect(processes.isRecording()).toBe(false);
      expect((await processes.run('git status')).output()).toBe('really\n');
      processes.fake({ 'git *': 'inside' });
      expect((await processes.run('git status')).output()).toBe('inside\n');
      processes.restore();
    });
    expect((await processes.run('git status')).output()).toBe('outside\n');
    processes.assertRanInOrder(['git log', 'git status']);
  });

  it('keeps its fakes through pools, retries, timers and what is not awaited', async () => {
    let late: Promise<string> | undefined;
    await processes.isolated(async () => {
      processes.fake({ flaky: processes.sequence([1, 'done']), late: 'faked' });
      expect((await processes.command('flaky').retry(1).run()).output()).toBe('done\n');
      late = new Promise((resolve) => setImmediate(resolve)).then(async () =>
        (await processes.run('late')).output(),
      );
    });
    processes.fake();
    processes.restore();
    expect(await late).toBe('faked\n');
    expect((await processes.run('late')).output()).toBe('really\n');
  });

  it('is stopped from running strays where its surroundings are', async () => {
    processes.preventStrayProcesses().allowStrayProcesses(['git *']);
    await processes.isolated(async () => {
      expect((await processes.run('git status')).output()).toBe('really\n');
      await expect(processes.run('rm -r /')).rejects.toThrow(StrayProcessError);
      expect(processes.acknowledgeStrays()).toHaveLength(1);
    });
    processes.assertNoStrays();
  });

  it('fails by a stray whose error was swallowed, and by its own error first', async () => {
    const swallowed = processes.isolated(async () => {
      processes.preventStrayProcesses();
      await processes.run('rm -r /').catch(() => undefined);
    });
    await expect(swallowed).rejects.toThrow(AssertionFailedError);
    await expect(swallowed).rejects.toThrow(/Attempted process \[rm -r \/\]/);

    const own = processes.isolated(async () => {
      processes.preventStrayProcesses();
      await processes.run('rm -r /').catch(() => undefined);
      throw new RangeError('mine');
    });
    await expect(own).rejects.toThrow(RangeError);
  });

  it('has the driver fake record on its own too', async () => {
    await processes.isolated(async () => {
      await processes.command('git status').driver('fake').run();
      processes.assertRanCount(1);
    });
    processes.assertNothingRan();
  });

  it('gives what it returns, and begins at once, by every way to its fakes', async () => {
    expect(await fakeProcesses(app).isolated(() => 42)).toBe(42);
    let begun = false;
    void processes.isolated(() => {
      begun = true;
    });
    expect(begun).toBe(true);
  });
});
