import { describe, expect, jest, test } from '@jest/globals';
import { ResourceExhaustedError } from '@proc/core';
import { entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();
const noRoom = (): { readonly exitCode: null; readonly error: ResourceExhaustedError } => ({
  exitCode: null,
  error: new ResourceExhaustedError('no room', processes.command('x').toSpec()),
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

describe('an entry that the machine has no room for', () => {
  test('waits at its place until another one ends, and fails nothing', async () => {
    const [a, b, c] = entries(3);
    const pool = processes.pool([a!, b!, c!], { concurrency: 2, halt: { when: 'now', fail: 1 } });
    const results = pool.start();
    b!.run.end(noRoom());
    await settled();
    expect(pool.progress()).toMatchObject({ queued: 2, running: 1, failed: 0, throttled: true });
    a!.run.end();
    await settled();
    expect(b!.runs).toHaveLength(2);
    b!.run.end();
    await settled();
    c!.run.end();
    expect((await results).successCount).toBe(3);
  });

  test('fails when there is no room for longer than the patience of the pool', async () => {
    const [a] = entries(1);
    const pool = processes.pool([a!], { patience: 0 });
    const results = pool.start();
    while (pool.count() > pool.progress().failed) {
      if (a!.run.running()) a!.run.end(noRoom());
      await settled();
    }
    expect((await results).failures[0]?.error).toBeInstanceOf(ResourceExhaustedError);
  });

  test('does not fail by default, however long there is no room, and a warning says so once', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const now = jest.spyOn(performance, 'now');
    const [a] = entries(1);
    const results = processes.pool([a!]).start();
    for (let minutes = 0; minutes < 4; minutes++) {
      now.mockReturnValue(minutes * 61_000);
      await until(() => a!.run.running());
      a!.run.end(noRoom());
      await settled();
    }
    await until(() => a!.run.running());
    a!.run.end();
    expect((await results).successCount).toBe(1);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringContaining('waiting'), {
      type: 'ProcessPoolWarning',
      code: 'PROC_POOL_WAITS',
    });
  });

  test('is skipped when the pool is stopped meanwhile', async () => {
    const [a] = entries(1);
    const pool = processes.pool([a!]);
    const results = pool.start();
    a!.run.end(noRoom());
    await settled();
    await pool.stop();
    expect((await results).skipped).toEqual([0]);
  });
});
