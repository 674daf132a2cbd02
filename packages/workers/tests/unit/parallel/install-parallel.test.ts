import assert from 'node:assert';
import os from 'node:os';
import { afterEach, describe, expect, test } from '@jest/globals';
import { Application, ProcessManager, ProcessServiceProvider } from '@proc/core';
import { IpcHub } from '@proc/ipc';
import { ParallelDepthError } from '../../../src/errors/parallel-depth-error.js';
import { Parallel, WorkerManager, WorkersServiceProvider } from '../../../src/index.js';
import type { ItemContext } from '../../../src/parallel/item-function.js';
import type { WorkerPool } from '../../../src/pool/worker-pool.js';
import { setCurrentDepth } from '../../../src/worker/current-depth.js';

const apps: Application[] = [];

async function booted(): Promise<Application> {
  const app = new Application({ providers: [ProcessServiceProvider, WorkersServiceProvider] });
  await app.boot();
  apps.push(app);
  return app;
}

afterEach(async () => {
  setCurrentDepth(0);
  Reflect.deleteProperty(os, 'manager');
  await Promise.all(apps.splice(0).map((app) => app.shutdown()));
});

/** One worker, whose task finds the manager where modules are the same for every realm. */
function withOnePlace(app: Application): { workers: WorkerPool } {
  Reflect.set(os, 'manager', app.get(ProcessManager));
  return { workers: app.get(WorkerManager).inlinePool({ size: 1 }) };
}

const double = (value: number) => value * 2;

describe('a process manager with workers', () => {
  test('works on many items, on the pool that all share', async () => {
    const app = await booted();
    const processes = app.get(ProcessManager);
    await expect(processes.map([1, 2], double, { type: 'inline' })).resolves.toEqual([2, 4]);
    await expect(processes.some([1], (value) => value > 0, { type: 'inline' })).resolves.toBe(true);
    expect(app.get(WorkerManager).defaultPool('inline').stats()).toMatchObject({ kind: 'inline' });
    expect(processes.parallel()).toBe(app.get(Parallel));
    expect(app.get('process.parallel')).toBe(app.get(Parallel));
    expect(processes.find('no such process')).toBeUndefined();
  });

  test('takes a pool of its own', async () => {
    const app = await booted();
    const pool = app.get(WorkerManager).inlinePool({ size: 1 });
    await expect(app.get(Parallel).find([1, 2], (value) => value === 2, { pool })).resolves.toBe(2);
    expect(() => app.get(Parallel).map([1], double, { pool: {} as never })).toThrow(
      /pool is a pool of workers/,
    );
  });

  test('works in the worker itself, when it is in one', async () => {
    const app = await booted();
    setCurrentDepth(1);
    await expect(app.get(ProcessManager).map([1, 2], double)).resolves.toEqual([2, 4]);
    expect(app.get(WorkerManager).pools()).toEqual([]);
  });

  test('works in the place of the task itself, when that runs inline', async () => {
    const app = await booted();
    const { workers } = withOnePlace(app);
    const rows = [[1, 2], [3]];
    const nested = async (row: number[], { require }: ItemContext) => {
      const { manager } = require('node:os') as { manager: ProcessManager };
      return manager.map(row, (value) => value * 2);
    };
    await expect(app.get(Parallel).map(rows, nested, { pool: workers })).resolves.toEqual([
      [2, 4],
      [6],
    ]);
    expect(workers.stats().workers.length).toBe(1);
  });

  test('gives work within a task the connection of that task', async () => {
    const app = await booted();
    const { workers } = withOnePlace(app);
    const nested = async (rows: number[], { require }: ItemContext) => {
      const { manager } = require('node:os') as { manager: ProcessManager };
      return manager.map(rows, (value, { ipc }) =>
        ipc.value('sum', { type: 'i32', initial: 0 }).increment(value),
      );
    };
    const seen = await app.get(Parallel).map([[1, 2], [3]], nested, { pool: workers });
    expect(seen).toEqual([[1, 3], [6]]);
    const hub = app.get(WorkerManager).hub();
    assert(hub instanceof IpcHub);
    expect(hub.sessions.map(({ name }) => name)).toEqual(['worker 1']);
  });

  test('refuses workers of workers of workers of workers', async () => {
    const app = await booted();
    setCurrentDepth(3);
    expect(() => app.get(ProcessManager).map([1], double, { type: 'thread' })).toThrow(
      ParallelDepthError,
    );
  });

  test('takes no more work once it is shut down, and has no pools any more', async () => {
    const app = await booted();
    const processes = app.get(ProcessManager);
    const workers = processes.workers();
    await processes.map([1], double, { type: 'inline' });
    await app.shutdown();
    const closed = { code: 'ERR_PROC_POOL_CLOSED' };
    const items = [
      () => processes.map([1], double, { type: 'inline' }),
      () => processes.map([1], double),
      () => processes.filter([1], double),
      () => processes.reduce([1, 2], (sum, value) => sum + value),
      () => processes.tasks([() => 1]),
    ];
    for (const attempt of items) {
      await expect(attempt()).rejects.toMatchObject({ cause: closed });
    }
    const tasks = [
      () => workers.submit(double, 1).result,
      () => workers.defaultThreadPool().run(double, 1),
      () => workers.processPool({ size: 1 }).run(double, 1),
      () => workers.inlinePool().with({ timeout: 10 }).run(double, 1),
    ];
    for (const attempt of tasks) await expect(attempt()).rejects.toMatchObject(closed);
    expect(await workers.threadPool().broadcast(double, [1])).toEqual([]);
    expect(workers.pools()).toEqual([]);
  });

  test('ends what runs when it is shut down', async () => {
    const app = await booted();
    const run = app.get(ProcessManager).map([1], () => new Promise(() => {}), { type: 'inline' });
    const ended = expect(run).rejects.toMatchObject({ name: 'AbortError' });
    app.get(Parallel).killAll();
    await ended;
  });
});
