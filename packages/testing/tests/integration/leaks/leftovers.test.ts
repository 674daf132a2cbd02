import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Application, ProcessManager } from '@proc/core';
import { AssertionFailedError, checkForLeftovers } from '@proc/testing';
import { expectProcess } from '../../../src/matchers/expect-process.js';
import { testingManager } from '../../support/testing-manager.js';

const onPosix = process.platform === 'win32' ? it.skip : it;

describe('what is left running', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager({ grace: '2s' }));
  });

  afterEach(() => app.shutdown());

  const failureOf = async (check: Promise<void>): Promise<string> => {
    const error: unknown = await check.catch((reason: unknown) => reason);
    expect(AssertionFailedError.is(error)).toBe(true);
    return (error as AssertionFailedError).message;
  };

  it('is nothing after a run, and after a stop', async () => {
    await processes.run('node', ['-e', '']);
    const running = await processes.start('node', ['-e', 'setInterval(Date, 1e4)']);
    expectProcess(processes).not.toHaveLeftNoProcesses();
    await running.stop();
    expectProcess(processes).toHaveLeftNoProcesses();
    await checkForLeftovers();
  });

  it('is named by pid and command, ended, and then gone', async () => {
    const running = await processes.start('node', ['-e', 'setInterval(Date, 1e4)']);
    const line = `pid ${String(running.pid)}: node -e 'setInterval(Date, 1e4)'`;
    expect(() => expectProcess(app).toHaveLeftNoProcesses()).toThrow(line);
    expect(await failureOf(checkForLeftovers())).toContain(line);
    expect((await running.wait()).reason).toBe('stopped');
    await checkForLeftovers();
  });

  onPosix('in the background of a group is named with its own pid and command', async () => {
    const result = await processes.run('sh', ['-c', 'sleep 4321 >/dev/null 2>&1 & echo $!']);
    const pid = Number(result.output());
    const line = `pid ${pid}: sleep 4321, left in the background by sh -c`;
    expect(() => expectProcess(processes).toHaveLeftNoProcesses()).toThrow(line);
    expect(await failureOf(checkForLeftovers())).toContain(line);
    expectProcess(processes).toHaveLeftNoProcesses();
  });

  it('of another manager is not its own, but is found at the end', async () => {
    const other = await testingManager();
    const running = await other.processes.start('node', ['-e', 'setInterval(Date, 1e4)']);
    expectProcess(processes).toHaveLeftNoProcesses();
    expect(await failureOf(checkForLeftovers())).toContain(String(running.pid));
    await other.app.shutdown();
  });

  it('is not what was detached, nor, at the end, a fake', async () => {
    const detached = await processes.command(['node', '-e', '']).detach().start();
    processes.fake({ server: processes.describe().delay('1h') });
    const fake = await processes.start('server');
    await checkForLeftovers();
    await Promise.all([detached.wait(), fake.stop()]);
  });
});
