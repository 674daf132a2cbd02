import { describe, expect, it } from '@jest/globals';
import { Application, ProcessServiceProvider } from '@proc/core';
import { Ipc, IpcHub, IpcServiceProvider } from '@proc/ipc';
import { WorkerManager } from '../../src/manager/worker-manager.js';
import { WorkersServiceProvider } from '../../src/provider/workers-service-provider.js';
import { failure, KINDS, makePool, REAL_KINDS } from '../support/pools.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';
import { work } from '../support/work.js';

describe.each(KINDS)('Tasks of a pool of the kind %s', (kind) => {
  it('share values and locks: what they count is exact', async () => {
    const pool = makePool(kind, { size: 4 });
    const all = (name: string, times: number): Promise<unknown> =>
      Promise.all([1, 2, 3, 4].map(() => pool.run(work(name), times)));
    await all('increment', 1000);
    await all('incrementLocked', 200);
    expect(await pool.run(work('read'), 'counter')).toBe(4000);
    expect(await pool.run(work('read'), 'locked')).toBe(800);
  });

  it('send one another items, and wait for one another', async () => {
    const pool = makePool(kind, { size: 2 });
    const consumed = pool.run(work('consume'));
    await pool.run(work('produce'), ['a', 'b', 'c']);
    expect(await consumed).toEqual(['a', 'b', 'c']);
  });

  it('are refused to wait for one another in a circle', async () => {
    const pool = makePool(kind, { size: 2 });
    const ends = await Promise.allSettled([
      pool.run(work('crossLocks'), 'one', 'other'),
      pool.run(work('crossLocks'), 'other', 'one'),
    ]);
    expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const refused = ends.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ name: 'DeadlockError' });
  });

  it('hold their locks each for itself, from the first that asks, also when a worker has several', async () => {
    const pool = makePool(kind, { size: 1, concurrency: 2 });
    const twice = pool.run(work('enterTwice'), 'held');
    const other = pool.run(work('tryToEnter'), 'held');
    expect(await Promise.all([twice, other])).toEqual(['in twice', 'kept out']);
  });
});

describe.each(REAL_KINDS)('A worker of the kind %s', (kind) => {
  it('that is ended passes its lock on, with a word of warning and a larger token', async () => {
    const pool = makePool(kind, { size: 2 });
    const holder = pool.with({ grace: 0 }).submit(work('holdLock'));
    const token = await new Promise<unknown>((resolve) => holder.onEmit(resolve));
    const next = pool.run(work<{ token: number; abandoned: boolean }>('takeLock'));
    holder.cancel();
    const taken = await next;
    expect(taken.abandoned).toBe(true);
    expect(taken.token).toBeGreaterThan(token as number);
    await failure(holder.result);
  });

  it('loads nothing of it before a task asks', async () => {
    const pool = makePool(kind, { size: 1 });
    expect(await pool.run(work('loadedIpc'))).toBe(0);
    await pool.run(work('increment'), 1);
    expect(await pool.run(work('loadedIpc'))).toBeGreaterThan(0);
  });
});

describe('Memory that tasks share', () => {
  it('is opened by those of a pool of threads, which may block on it', async () => {
    const pool = makePool('thread', { size: 2 });
    const met = await Promise.all([pool.run(work('meetInMemory')), pool.run(work('meetInMemory'))]);
    expect(met).toEqual([2, 2]);
  });

  it('is refused to those of a pool of processes', async () => {
    const pool = makePool('process', { size: 1 });
    const { message } = await failure(pool.run(work('meetInMemory')));
    expect(message).toMatch(/can not be sent/);
  });
});

it('The hub is that of the application, where it has one', async () => {
  await using app = new Application({
    providers: [ProcessServiceProvider, IpcServiceProvider, WorkersServiceProvider],
    config: { process: { workers: { size: 1, execArgv: SOURCE_WORKERS } } },
  });
  await app.boot();
  const pool = app.get(WorkerManager).threadPool();
  await pool.run(work('increment'), 3);
  expect(await app.get(Ipc).value('counter', { type: 'i32', initial: 0 }).get()).toBe(3);
  expect(app.get(IpcHub).sessions.map(({ name }) => name)).toContain('worker 1');
});
