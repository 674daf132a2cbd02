import { execFileSync } from 'node:child_process';
import { expect, it, jest } from '@jest/globals';
import { ProcessTimedOutError, type ProcessError } from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { sh } from '../support/programs.js';

const DAY = 24 * 60 * 60 * 1000;

/** Keeps this process from doing anything, as a long computation or a suspended machine does. */
function block(seconds: number): void {
  execFileSync('sleep', [String(seconds)]);
}

onEveryDriver('a wall clock', ({ manager }) => {
  it.each([DAY, -DAY])(
    'that jumps by %d ms ends nothing, and leaves durations right',
    async (jump) => {
      const real = Date.now;
      const process = await manager()
        .command(sh('read x'))
        .interactive()
        .timeout('1h')
        .idleTimeout('1h')
        .start();
      const clock = jest.spyOn(Date, 'now').mockImplementation(() => real() + jump);
      try {
        await process.write('\n');
        const result = await process.wait();
        expect(result).toMatchObject({ exitCode: 0, reason: null });
        expect(result.durationMs).toBeGreaterThan(0);
        expect(result.durationMs).toBeLessThan(DAY / 2);
      } finally {
        clock.mockRestore();
      }
    },
  );
});

onEveryDriver('an event loop that was blocked', ({ manager, recorded }) => {
  it('does not make a timeout of a process that has ended in time', async () => {
    const process = await manager().start(sh('echo done'), { timeout: 500, idleTimeout: 500 });
    block(1);
    expect(await process.wait()).toMatchObject({ exitCode: 0, reason: null, stdout: 'done\n' });
  });

  it('does not make a silence of output that nobody could read', async () => {
    const line = 'i=0; while [ $i -lt 30 ]; do echo $i; i=$((i+1)); sleep 0.05; done; read x';
    const process = await manager().command(sh(line)).interactive().idleTimeout(1000).start();
    await process.expect('0');
    block(1.2);
    await process.expect('29');
    await process.closeInput();
    expect((await process.wait()).reason).toBeNull();
  });

  it('ends what is late by then, once, and loses nothing of its output', async () => {
    const { manager: processes, events } = recorded();
    const process = await processes.start(sh('seq 1000; exec sleep 1000'), { timeout: 500 });
    block(1);
    const error = (await process.wait().catch((reason: unknown) => reason)) as ProcessError;
    expect(ProcessTimedOutError.is(error)).toBe(true);
    expect(error.result?.lines()).toHaveLength(1000);
    expect(events.names().filter((name) => name === 'ProcessTimedOut')).toHaveLength(1);
  });
});
