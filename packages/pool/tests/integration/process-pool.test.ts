import { afterAll, afterEach, describe, expect, test } from '@jest/globals';
import { EntrySkippedError, ProcessPool } from '@proc/pool';
import { processManager } from '../support/process-manager.js';
import { printing, waiting } from '../support/programs.js';

const processes = processManager();

afterEach(() => {
  expect(processes.activeProcesses).toEqual([]);
});

afterAll(() => processes.shutdown());

describe('a process pool of real processes', () => {
  test('gives each command its own promise', async () => {
    const pool = new ProcessPool(processes, { concurrency: 2 });
    const names = ['a', 'b', 'c', 'd', 'e'];
    const results = await Promise.all(names.map((name) => pool.start(printing(name))));
    expect(results.map((result) => result.output())).toEqual(names);
    await pool.close();
  });

  test('rejects for what can not be started, and resolves for what fails', async () => {
    const pool = new ProcessPool(processes);
    await expect(pool.start('no-such-program-anywhere')).rejects.toMatchObject({
      code: 'ERR_PROC_COMMAND_NOT_FOUND',
    });
    expect((await pool.start('sh', ['-c', 'exit 3'])).exitCode).toBe(3);
    await pool.close();
  });

  test('stops what runs and skips what waits at the end of a block', async () => {
    let running;
    let waitingResult;
    {
      await using pool = new ProcessPool(processes, { concurrency: 1 });
      running = pool.start(waiting());
      waitingResult = pool.start(waiting()).catch((error: unknown) => error);
    }
    expect((await running).signal).toBe('SIGTERM');
    expect(EntrySkippedError.is(await waitingResult)).toBe(true);
  });
});
