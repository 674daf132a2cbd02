import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, expect, it, jest } from '@jest/globals';
import { groupAlive } from '../../src/drivers/process-group.js';
import { orphanGuard } from '../../src/termination/orphan-guard.js';

const onPosix = process.platform === 'win32' ? it.skip : it;

afterEach(() => {
  jest.useRealTimers();
});

onPosix(
  'The guard of orphans hears of groups that are gone though the timers of a test are fake',
  async () => {
    const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
    const closed = once(child, 'close');
    const { pid } = child as { pid: number };
    jest.useFakeTimers();
    const release = orphanGuard.protect(pid);
    process.kill(-pid, 'SIGKILL');
    await closed;
    release();
    // What it is to be told waits for no timer that may never fire.
    expect(jest.getTimerCount()).toBe(0);
  },
);

onPosix('What is known of a group is forgotten though the timers of a test are fake', async () => {
  const child = spawn('sleep', ['1000'], { detached: true, stdio: 'ignore' });
  const closed = once(child, 'close');
  const { pid } = child as { pid: number };
  jest.useFakeTimers();
  // The second answer of a turn comes of a look at everything, which serves all others of that turn.
  expect([groupAlive(pid), groupAlive(pid)]).toEqual([true, true]);
  process.kill(-pid, 'SIGKILL');
  await closed;
  expect(groupAlive(pid)).toBe(false);
  expect(jest.getTimerCount()).toBe(0);
});
