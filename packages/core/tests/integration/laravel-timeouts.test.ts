import { expect, it } from '@jest/globals';
import { ProcessIdleTimedOutError, ProcessTimedOutError, type Duration } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';

const SLEEP = ['sleep', '1000'] as const;

async function thrown(run: Promise<unknown>): Promise<ProcessTimedOutError> {
  try {
    await run;
  } catch (error) {
    // One class catches both kinds.
    if (error instanceof ProcessTimedOutError) return error;
    throw error;
  }
  throw new Error('it was expected to time out');
}

onEveryDriver('a timeout, as Laravel has it', ({ manager }) => {
  it('names the command and the limit, in whatever form that was given', async () => {
    const processes = manager();
    const limits: readonly Duration[] = [1000, '1s', { milliseconds: 1000 }, { seconds: 1 }];
    const runs = limits.map((limit) => processes.command(SLEEP).timeout(limit).run());
    for (const error of await Promise.all(runs.map(thrown))) {
      expect(error.message).toMatch(/^The command "sleep 1000" exceeded its timeout of 1 second /);
      expect(error.exceededTimeout()).toBe(1);
      expect(error).not.toBeInstanceOf(ProcessIdleTimedOutError);
    }
  });

  it('shorter than a second is one', async () => {
    const error = await thrown(manager().command(SLEEP).timeout({ seconds: 0.05 }).run());
    expect(error.exceededTimeout()).toBe(0.05);
  });

  it('of silence is a timeout of its own class, and both are caught as one', async () => {
    const error = await thrown(manager().command(SLEEP).idleTimeout('1s').run());
    expect(error).toBeInstanceOf(ProcessIdleTimedOutError);
    expect(error.exceededTimeout()).toBe(1);
    expect(error.message).toMatch(/^The command "sleep 1000" printed nothing for 1 second/);
  });

  it('of silence is thrown by ensureNotTimedOut as what it is', async () => {
    const process = await manager().command(SLEEP).idleTimeout(50).start();
    await thrown(process.wait());
    expect(() => {
      process.ensureNotTimedOut();
    }).toThrow(ProcessIdleTimedOutError);
  });

  it('that has not passed is no error of a process that has ended', async () => {
    const process = await manager().command(['true']).timeout('1h').start();
    await process.wait();
    process.ensureNotTimedOut();
    expect(process.status()).toBe('exited');
  });
});
