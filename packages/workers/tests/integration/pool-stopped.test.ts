import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { WorkerExited, WorkerUnresponsive } from '../../src/events/worker-events.js';
import { makePool, until } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { work } from '../support/work.js';

jest.setTimeout(60_000);

const directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

const posix = process.platform === 'win32' ? describe.skip : describe;

posix('A pool whose idle worker was stopped', () => {
  const limits = { size: 1, heartbeat: 200, startTimeout: '5s' } as const;

  it('gives its tasks to another one, with a timeout and without', async () => {
    const events = new RecordingEvents();
    const pool = makePool('process', limits, events);
    await pool.run(work('noop'));
    const [worker] = pool.stats().workers;
    process.kill(worker?.pid ?? 0, 'SIGSTOP');
    const timed = pool.with({ timeout: 1000 }).run(work('add'), 1, 2);
    const others = [1, 2, 3].map((value) => pool.run(work('add'), value, value));
    expect(await timed).toBe(3);
    expect(await Promise.all(others)).toEqual([2, 4, 6]);
    expect(pool.stats()).toMatchObject({ started: 2, crashed: 0 });
    expect(events.of(WorkerUnresponsive)).toHaveLength(1);
    expect(events.of(WorkerExited)).toMatchObject([{ worker: { id: 1 }, reason: 'killed' }]);
  });
});

describe.each(['process', 'thread'] as const)('A pool of the kind %s', (kind) => {
  it('replaces a worker that is held up by what a task has left behind', async () => {
    const pool = makePool(kind, { size: 1, heartbeat: 200, startTimeout: '5s' });
    const file = path.join(directory, kind);
    await pool.run(work('spinAfterwards'), file);
    await until(() => existsSync(file));
    expect(await pool.run(work('add'), 1, 2)).toBe(3);
    expect(pool.stats()).toMatchObject({ started: 2 });
  });
});
