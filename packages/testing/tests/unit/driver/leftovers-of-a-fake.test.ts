import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { testingManager } from '../../support/testing-manager.js';

describe('what a fake leaves in the background', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager({ drain: { idle: 10 } }));
    processes.fake({ daemonize: processes.describe().output('started').holdsOutputOpen() });
  });

  afterEach(async () => {
    jest.useRealTimers();
    await app.shutdown();
  });

  it('is ended when its manager is shut down', async () => {
    expect((await processes.run('daemonize')).outputHeldOpen).toBe(true);
    expect(processes.recorded()[0]?.signals).toEqual([]);
    await processes.shutdown();
    processes.assertSignalled('daemonize', 'SIGTERM');
  });

  it('is ended when its manager is shut down, also while timers are fake', async () => {
    await processes.run('daemonize');
    jest.useFakeTimers();
    await processes.shutdown();
    processes.assertSignalled('daemonize', 'SIGTERM');
  });

  it('is left alone where orphans are, and where it was detached', async () => {
    const other = await testingManager({ orphans: 'leave', drain: { idle: 10 } });
    other.processes.fake({ '*': other.processes.describe().holdsOutputOpen() });
    await other.processes.run('daemonize');
    await other.processes.shutdown();
    expect(other.processes.recorded()[0]?.signals).toEqual([]);
    await processes.command('daemonize').detach().run();
    await processes.shutdown();
    expect(processes.recorded()[0]?.signals).toEqual([]);
  });

  it('is ended by the timeout of the command, long after the result', async () => {
    jest.useFakeTimers();
    const run = processes.command('daemonize').timeout('1m').run();
    await jest.advanceTimersByTimeAsync(10);
    expect((await run).outputHeldOpen).toBe(true);
    await jest.advanceTimersByTimeAsync(59_000);
    expect(processes.recorded()[0]?.signals).toEqual([]);
    await jest.advanceTimersByTimeAsync(1000);
    processes.assertSignalled('daemonize', 'SIGTERM');
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is not looked at again and again', async () => {
    jest.useFakeTimers();
    const run = processes.run('daemonize');
    await jest.advanceTimersByTimeAsync(10);
    await run;
    expect(jest.getTimerCount()).toBe(0);
  });
});
