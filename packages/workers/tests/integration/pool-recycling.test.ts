import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { TaskHandle } from '../../src/contracts/task-handle.js';
import type { WorkerKind } from '../../src/contracts/worker-kind.js';
import type { WorkerPoolOptions } from '../../src/contracts/worker-pool-options.js';
import { WorkerExited, WorkerReady, WorkerRecycled } from '../../src/events/worker-events.js';
import type { WorkerPool } from '../../src/pool/worker-pool.js';
import { failure, makePool, REAL_KINDS, until } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { work } from '../support/work.js';

const directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));
const MIB = 2 ** 20;

afterAll(() => {
  rmSync(directory, { recursive: true });
});

/** A pool of one worker that may have 100 MiB more than it begins with. */
async function limitedPool(
  kind: WorkerKind,
  events: RecordingEvents,
  options: WorkerPoolOptions = {},
): Promise<WorkerPool> {
  const usual = await makePool(kind, { size: 1 }).run(work<number>('memory'), kind);
  return makePool(kind, { size: 1, maxMemory: usual + 100 * MIB, ...options }, events);
}

/** What a task emits next. */
function emission(task: TaskHandle): Promise<unknown> {
  return new Promise((resolve) => task.onEmit(resolve));
}

/** A task that runs until it is sent something. */
async function holding(pool: WorkerPool): Promise<TaskHandle> {
  const task = pool.submit(work('converse'));
  await emission(task);
  return task;
}

/** Runs tasks until another worker has them. */
async function runUntilReplaced(pool: WorkerPool): Promise<void> {
  const first = await pool.run(work('identity'));
  while ((await pool.run(work('identity'))) === first);
}

/** That the second was ready before the first had gone, which was told to. */
async function expectReplaced(events: RecordingEvents, reason: string): Promise<void> {
  await until(() => events.of(WorkerExited).length > 0);
  expect(events.of(WorkerRecycled)[0]).toMatchObject({ reason, worker: { id: 1 } });
  const [exited] = events.of(WorkerExited);
  expect(exited).toMatchObject({ reason: 'left', worker: { id: 1 } });
  const ready = events.events.findIndex(
    (event) => event instanceof WorkerReady && event.worker.id === 2,
  );
  const gone = events.events.findIndex((event) => event === exited);
  expect(ready).toBeGreaterThan(0);
  expect(ready).toBeLessThan(gone);
}

describe.each(REAL_KINDS)('A worker of the kind %s', (kind) => {
  it('is replaced when it is old, by one that is ready before, and no task is lost', async () => {
    const events = new RecordingEvents();
    const pool = makePool(kind, { size: 1, maxAge: 300 }, events);
    await runUntilReplaced(pool);
    await expectReplaced(events, 'age');
    expect(pool.stats()).toMatchObject({ failed: 0, crashed: 0, requeued: 0 });
  });

  it('is replaced when it has grown, by one that is ready before, and no task is lost', async () => {
    const events = new RecordingEvents();
    const pool = await limitedPool(kind, events, { memoryCheck: 0 });
    await pool.run(work('grow'), 200);
    await runUntilReplaced(pool);
    await expectReplaced(events, 'memory');
    expect(pool.stats()).toMatchObject({ failed: 0, crashed: 0, recycled: 1 });
  });

  it('still runs what is sent to all, while it runs its last task or is to be replaced', async () => {
    const pool = makePool(kind, { size: 1, maxTasksPerWorker: 1 });
    const last = await holding(pool);
    const answers = pool.broadcast(work('add'), [1, 1]);
    await until(() => pool.stats().workers.some(({ state }) => state === 'leaving'));
    last.send('go on');
    expect(await answers).toEqual([
      { workerId: 1, status: 'fulfilled', value: 2 },
      { workerId: 2, status: 'fulfilled', value: 2 },
    ]);
    await until(() => pool.stats().workers.every(({ id }) => id > 1));
  });

  it('is left without an answer to what can not be sent to it', async () => {
    const pool = makePool(kind, { size: 1, maxTasksPerWorker: 1 });
    const last = await holding(pool);
    const answers = pool.broadcast(work('add'), [() => 1, 1]);
    await until(() => pool.stats().workers.some(({ state }) => state === 'leaving'));
    last.send('go on');
    expect(await answers).toMatchObject([
      { workerId: 1, reason: { code: 'ERR_PROC_UNCLONEABLE_VALUE' } },
      { workerId: 2, reason: { code: 'ERR_PROC_UNCLONEABLE_VALUE' } },
    ]);
    await until(() => pool.stats().workers.every(({ id }) => id > 1));
  });

  it('does not keep the tasks of its keys waiting for its last one', async () => {
    const pool = makePool(kind, { size: 2, maxTasksPerWorker: 2 }).with({ key: 'a' });
    const [first, second] = [pool.submit(work('converse')), pool.submit(work('converse'))];
    const third = pool.submit(work('context'));
    await emission(first);
    first.send('go on');
    await emission(second);
    await third.result;
    expect(third.workerId).not.toBe(first.workerId);
    second.send('go on');
    expect(await second.result).toBe('heard go on');
  });

  it('is ended while its task runs when it grows, where it is to be', async () => {
    const events = new RecordingEvents();
    const pool = await limitedPool(kind, events, { memoryCheck: 20, overMemory: 'kill' });
    const never = path.join(directory, 'never');
    // A thread is seen only when it lets go.
    const task = work(kind === 'process' ? 'growAndSpin' : 'growAndWait');
    const handle = pool.submit(task, 200, never);
    const error = await failure(handle.result);
    expect(error).toMatchObject({ code: 'ERR_PROC_WORKER_CRASHED', outOfMemory: true });
    expect(events.names).toContain('WorkerOverMemory');
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });
});

describe('A process that grows while its task computes', () => {
  it('is reported once, and left alone where that is all', async () => {
    const events = new RecordingEvents();
    const pool = await limitedPool('process', events, { memoryCheck: 20, overMemory: 'report' });
    const file = path.join(directory, 'report');
    const told = events.next('WorkerOverMemory');
    const handle = pool.submit(work('growAndSpin'), 200, file);
    expect(await told).toMatchObject({ worker: { id: 1 }, tasks: [handle.id] });
    writeFileSync(file, '');
    expect(await handle.result).toBe('grown');
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    expect(events.names.filter((name) => name === 'WorkerOverMemory')).toHaveLength(1);
    expect(pool.stats()).toMatchObject({ started: 1, recycled: 0 });
  });

  it('has its successor started at once, and goes when the task has ended', async () => {
    const events = new RecordingEvents();
    const pool = await limitedPool('process', events, { memoryCheck: 20 });
    const file = path.join(directory, 'replace');
    const handle = pool.submit(work('growAndSpin'), 200, file);
    await until(() => events.of(WorkerReady).length === 2);
    expect(handle.status).toBe('running');
    writeFileSync(file, '');
    expect(await handle.result).toBe('grown');
    await expectReplaced(events, 'memory');
  });
});
