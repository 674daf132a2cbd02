import 'reflect-metadata';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { AssertionFailedError, FakeDriver, configureTesting } from '@proc/testing';
import { setUpRunner } from '../../../src/runners/set-up-runner.js';
import { testingManager } from '../../support/testing-manager.js';

describe('an entry point, after each test,', () => {
  let app: Application;
  let processes: ProcessManager;
  let afterTest = (): void => undefined;
  let afterAllTests = async (): Promise<void> => undefined;
  setUpRunner({
    afterEach: (check) => {
      afterTest = check;
    },
    afterAll: (check) => {
      afterAllTests = check;
    },
  });

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    processes.extend('node', () => new FakeDriver({ fakes: () => 'really' }));
  });

  afterEach(async () => {
    configureTesting({ restore: true, failOnStrays: true });
    await app.shutdown();
    try {
      afterTest();
    } catch {
      // The next test begins anew.
    }
  });

  afterAll(() => afterAllTests());

  const swallow = (command: string): Promise<unknown> =>
    processes.run(command).catch((error: unknown) => error);

  it('takes the fakes of every manager back', async () => {
    const other = await testingManager();
    for (const each of [processes, other.processes]) each.fake({ x: 'faked' });
    afterTest();
    expect([processes.isRecording(), other.processes.isRecording()]).toEqual([false, false]);
    expect((await processes.run('x')).output()).toBe('really\n');
    await other.app.shutdown();
  });

  it('fails by a stray whose error was swallowed, and only once', async () => {
    processes.preventStrayProcesses();
    await swallow('rm -r build');
    expect(afterTest).toThrow(AssertionFailedError);
    afterTest();
    await swallow('not prevented any more');
    afterTest();
  });

  it('takes fakes of other packages back, and fails by their strays', () => {
    const key = Symbol.for('@proc/testing/after-each-test');
    const place = Reflect.get(globalThis, key) as { awaited: boolean; fakes: Set<unknown> };
    let restored = 0;
    let strays = [{ command: 'resize(1)', message: 'Attempted task resize(1).' }];
    const others = {
      acknowledgeStrays: () => strays.splice(0),
      restore: () => (restored += 1),
    };
    place.fakes.add(others);
    expect(afterTest).toThrow('Attempted task resize(1).');
    expect([place.awaited, restored, place.fakes.size]).toEqual([true, 1, 0]);
    afterTest();
    strays = [];
    configureTesting({ restore: false });
    place.fakes.add(others);
    afterTest();
    expect([restored, place.fakes.size]).toEqual([1, 1]);
  });

  it('fails by such a stray also when the test has restored, or shut down, before', async () => {
    processes.preventStrayProcesses();
    await swallow('rm -r build');
    processes.restore();
    expect(afterTest).toThrow(/Attempted process \[rm -r build\]/);

    processes.preventStrayProcesses();
    await swallow('rm -r dist');
    await app.shutdown();
    expect(afterTest).toThrow(/Attempted process \[rm -r dist\]/);
  });

  it('says nothing of strays that the test has acknowledged', async () => {
    processes.preventStrayProcesses();
    await swallow('rm -r build');
    expect(processes.acknowledgeStrays()).toHaveLength(1);
    afterTest();
  });

  it('does neither where it is told not to', async () => {
    configureTesting({ failOnStrays: false, restore: false });
    processes.fake({ x: 'faked' }).preventStrayProcesses();
    await swallow('rm -r build');
    afterTest();
    expect((await processes.run('x')).output()).toBe('faked\n');
    configureTesting({ restore: true });
    afterTest();
    expect(processes.isRecording()).toBe(false);
  });

  it('is not told what does not exist', () => {
    expect(() => configureTesting({ strays: false } as never)).toThrow(
      /no option "strays", but restore, failOnStrays, failOnLeftovers/,
    );
  });
});
