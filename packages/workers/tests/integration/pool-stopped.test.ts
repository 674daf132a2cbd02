import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import path from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { WorkerExited, WorkerUnresponsive } from '../../src/events/worker-events.js';
import type { WorkerPool } from '../../src/pool/worker-pool.js';
import { failure, makePool, until } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { work } from '../support/work.js';

jest.setTimeout(60_000);

const directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** Stops the only worker of a pool, which has run a task before. @returns its number */
async function stopped(pool: WorkerPool): Promise<number> {
  await pool.run(work('noop'));
  const pid = pool.stats().workers[0]?.pid ?? 0;
  process.kill(pid, 'SIGSTOP');
  return pid;
}

const posix = process.platform === 'win32' ? describe.skip : describe;

posix('A pool whose idle worker was stopped', () => {
  const limits = { size: 1, heartbeat: 200, startTimeout: '5s' } as const;

  it('gives its tasks to another one', async () => {
    const events = new RecordingEvents();
    const pool = makePool('process', limits, events);
    await stopped(pool);
    const others = [1, 2, 3].map((value) => pool.run(work('add'), value, value));
    expect(await Promise.all(others)).toEqual([2, 4, 6]);
    expect(pool.stats()).toMatchObject({ started: 2, crashed: 0 });
    expect(events.of(WorkerUnresponsive)).toHaveLength(1);
    expect(events.of(WorkerExited)).toMatchObject([{ worker: { id: 1 }, reason: 'killed' }]);
  });

  it('lets a task wait for its timeout and its grace, and others for no longer', async () => {
    const pool = makePool('process', { size: 1, startTimeout: '1h' });
    await stopped(pool);
    const limits = { timeout: 200, grace: 100 };
    const handle = pool.with(limits).submit(work('note'), path.join(directory, 'timed'), 'run');
    const next = pool.run(work('add'), 1, 2);
    expect(await failure(handle.result)).toMatchObject({ limit: 'timeout', limitMs: 200 });
    expect(handle.status).toBe('timedOut');
    expect(await next).toBe(3);
    expect(pool.stats()).toMatchObject({ started: 2, crashed: 0, timedOut: 1 });
    expect(existsSync(path.join(directory, 'timed'))).toBe(false);
  });

  it('lets a task wait whose timeout and grace are longer than any timer', async () => {
    const pool = makePool('process', { size: 1, heartbeat: 0, startTimeout: '1h' });
    const pid = await stopped(pool);
    const handle = pool.with({ timeout: 2 ** 31 - 1 }).submit(work('add'), 1, 2);
    // Sent, and so waited for.
    await until(() => handle.status === 'sent');
    // A timer that is too long for Node fires after a millisecond, and so before this one.
    await delay(1);
    process.kill(pid, 'SIGCONT');
    expect(await handle.result).toBe(3);
    expect(pool.stats()).toMatchObject({ started: 1 });
  });

  it('tries a task elsewhere whose timeout may be tried again', async () => {
    const pool = makePool('process', { size: 1, startTimeout: '1h' });
    await stopped(pool);
    const once = pool.with({ timeout: 2000, grace: 0, retry: { times: 1, on: ['timeout'] } });
    const handle = once.submit(work('add'), 1, 2);
    expect(await handle.result).toBe(3);
    expect(handle.attempt).toBe(2);
  });

  it('lets tasks that were sent wait for as long as their queue timeout says', async () => {
    const pool = makePool('process', { size: 1, startTimeout: '1h' });
    const pid = await stopped(pool);
    const file = path.join(directory, 'queued');
    const handle = pool.with({ queueTimeout: 50 }).submit(work('note'), file, 'run');
    await until(() => handle.status === 'sent');
    expect(await failure(handle.result)).toMatchObject({ limit: 'queueTimeout', limitMs: 50 });
    process.kill(pid, 'SIGCONT');
    expect(await pool.run(work('add'), 1, 2)).toBe(3);
    expect(existsSync(file)).toBe(false);
    expect(pool.stats()).toMatchObject({ started: 1, inFlight: 0, timedOut: 1 });
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
