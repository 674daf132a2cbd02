import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setImmediate, setTimeout as delay } from 'node:timers/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PoolClosedError } from '../../src/errors/pool-closed-error.js';
import { QueueFullError } from '../../src/errors/queue-full-error.js';
import { TaskCancelledError } from '../../src/errors/task-cancelled-error.js';
import { TaskTimedOutError } from '../../src/errors/task-timed-out-error.js';
import { task } from '../../src/functions/task.js';
import type { WorkerPool } from '../../src/pool/worker-pool.js';
import type { TaskHandle } from '../../src/contracts/task-handle.js';
import type { TaskOptions } from '../../src/contracts/task-options.js';
import { failure, KINDS, makePool, REAL_KINDS, until } from '../support/pools.js';
import { work } from '../support/work.js';

const directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

type Add = (a: number, b: number) => number;

/** A task that has begun. */
async function running(
  pool: WorkerPool,
  name: string,
  args: readonly unknown[] = [],
  options: TaskOptions = {},
): Promise<TaskHandle> {
  const handle = pool.with(options).submit(work(name), ...args);
  await new Promise((resolve) => handle.onEmit(resolve));
  return handle;
}

describe.each(KINDS)('A task of a pool of the kind %s', (kind) => {
  it('is taken away while it waits, and no worker hears of it', async () => {
    const pool = makePool(kind, { size: 1 });
    const first = await running(pool, 'ignore', [], { grace: '1m' });
    const second = pool.submit(work('add'), 1, 1);
    expect(second.cancel()).toBe(true);
    expect(TaskCancelledError.is(await failure(second.result))).toBe(true);
    expect(pool.stats()).toMatchObject({ queued: 0, inFlight: 1 });
    expect(first.status).toBe('running');
    first.cancel();
  });

  it('gets its signal when it is cancelled, and keeps its worker when it obeys', async () => {
    const pool = makePool(kind, { size: 1 });
    const notes = path.join(directory, `obey-${kind}`);
    const handle = await running(pool, 'obey', [notes], { grace: '1m' });
    handle.cancel();
    expect(TaskCancelledError.is(await failure(handle.result))).toBe(true);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    expect(readFileSync(notes, 'utf8')).toBe('TaskCancelledError\n');
    expect(pool.stats().started).toBe(1);
  });

  it('has its worker replaced when it does not obey', async () => {
    const pool = makePool(kind, { size: 1 });
    const handle = await running(pool, 'ignore', [], { grace: 20 });
    handle.cancel();
    await failure(handle.result);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    expect(pool.stats()).toMatchObject({ started: 2, crashed: 0 });
  });

  it('is cancelled by a signal, which is let go of afterwards', async () => {
    const pool = makePool(kind, { size: 1 });
    const controller = new AbortController();
    const handle = await running(pool, 'ignore', [], { signal: controller.signal, grace: 0 });
    controller.abort('stop');
    expect((await failure(handle.result)).cause).toBe('stop');
  });

  it('may run for as long as its timeout says, and no longer', async () => {
    const pool = makePool(kind, { size: 1, grace: 0 });
    const error = await failure(pool.with({ timeout: 30 }).run(work('ignore')));
    expect(error).toBeInstanceOf(TaskTimedOutError);
    expect(error).toMatchObject({ limit: 'timeout', limitMs: 30 });
    expect(await pool.with({ timeout: '1m' }).run(work('add'), 1, 1)).toBe(2);
    expect(pool.stats()).toMatchObject({ timedOut: 1, completed: 1 });
  });

  it('may wait for as long as its queue timeout says', async () => {
    const pool = makePool(kind, { size: 1 });
    const first = await running(pool, 'ignore', [], { grace: 0 });
    const error = await failure(pool.with({ queueTimeout: 20 }).run(work('add'), 1, 1));
    expect(error).toMatchObject({ limit: 'queueTimeout' });
    first.cancel();
  });

  it('may take as long as its deadline says, whatever it is doing', async () => {
    const pool = makePool(kind, { size: 1, grace: 0 });
    const error = await failure(pool.with({ deadline: 40 }).run(work('ignore')));
    expect(error).toMatchObject({ limit: 'deadline' });
    const retry = { times: 1e6, delay: 5 };
    const retried = pool.with({ deadline: 40, retry }).run(work('fail'), 'again');
    expect(await failure(retried)).toMatchObject({ limit: 'deadline' });
  });

  it('does not harm tasks beside it in its worker when it is ended', async () => {
    const pool = makePool(kind, { size: 1, concurrency: 2 });
    const gate = path.join(directory, `gate-${kind}`);
    const neighbour = pool.run(work('waitForFile'), gate, 'well');
    const handle = await running(pool, 'ignore', [], { grace: 0 });
    handle.cancel();
    await failure(handle.result);
    writeFileSync(gate, '');
    expect(await neighbour).toBe('well');
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });

  it('shares its worker with no other when it has a timeout, for which that may be ended', async () => {
    const pool = makePool(kind, { size: 1, concurrency: 2 });
    const first = await running(pool, 'converse', [], { timeout: '1m' });
    const second = pool.submit(work('converse'));
    const begun = new Promise((resolve) => second.onEmit(resolve));
    // All is sent by now that can be.
    await setImmediate();
    expect(second.status).toBe('queued');
    first.send('go on');
    await begun;
    expect(first.status).toBe('done');
    const third = pool.with({ timeout: '1m' }).submit(work('add'), 1, 1);
    await setImmediate();
    expect(third.status).toBe('queued');
    second.send('go on');
    expect(await third.result).toBe(2);
    expect(pool.stats().started).toBe(1);
  });

  it.each([undefined, 'a'])(
    'holds up nobody but its neighbour when it does not end: key %p',
    async (key) => {
      const pool = makePool(kind, { size: 1, concurrency: 2, heartbeat: 0, startTimeout: '1h' });
      const neighbour = await running(pool, 'converse', [], { key });
      const handle = await running(pool, 'ignore', [], { grace: 20 });
      const next = pool.with({ key }).run(work('add'), 1, 1);
      handle.cancel();
      expect(await next).toBe(2);
      expect(pool.stats().started).toBe(2);
      neighbour.send('go on');
      expect(await neighbour.result).toBe('heard go on');
    },
  );

  it('comes before others of a lower priority, and after equals that came before it', async () => {
    const pool = makePool(kind, { size: 1 });
    const first = await running(pool, 'ignore', [], { grace: 0 });
    const order: string[] = [];
    const runs = ['low 0', 'usual 0', 'high 0', 'usual 1', 'high 1', 'low 1'].map(async (name) => {
      const priority = { low: -5, usual: 0, high: 5 }[name.split(' ')[0] ?? ''] ?? 0;
      // One after the other in its worker, whatever is sent ahead.
      const options = { priority, timeout: '1m', onEmit: () => order.push(name) } as const;
      await pool.with(options).run(work('emitAll'), ['begun']);
    });
    first.cancel();
    await Promise.all(runs);
    expect(order).toEqual(['high 0', 'high 1', 'usual 0', 'usual 1', 'low 0', 'low 1']);
  });

  it('is rejected when too many wait, or waits for room', async () => {
    const pool = makePool(kind, { size: 1, maxQueue: 1 });
    const first = await running(pool, 'ignore', [], { grace: 0 });
    const second = pool.submit(work('add'), 1, 1);
    expect(pool.needsDrain).toBe(true);
    expect(QueueFullError.is(await failure(pool.run(work('add'), 2, 2)))).toBe(true);
    first.cancel();
    expect(await second.result).toBe(2);
    await pool.drained();
    expect(pool.needsDrain).toBe(false);

    const patient = makePool(kind, { size: 1, maxQueue: 1, whenFull: 'wait' });
    const blocking = await running(patient, 'ignore', [], { grace: 0 });
    const tasks = [1, 2, 3, 4].map((value) => patient.submit(work('echo'), value));
    expect(tasks.map(({ status }) => status)).toEqual(['queued', 'waiting', 'waiting', 'waiting']);
    expect(patient.stats()).toMatchObject({ queued: 1, waiting: 3 });
    tasks[1]?.cancel();
    const accepted = tasks[3]?.accepted;
    blocking.cancel();
    await accepted;
    expect(await tasks[0]?.result).toBe(1);
    expect(await tasks[2]?.result).toBe(3);
    expect(await tasks[3]?.result).toBe(4);
  });

  it('is never taken in when it ends before, whenever that is asked', async () => {
    const pool = makePool(kind, { size: 1, maxQueue: 0 });
    const first = await running(pool, 'ignore', [], { grace: 0 });
    const refused = pool.submit(work('add'), 1, 1);
    expect(await failure(refused.accepted)).toBeInstanceOf(QueueFullError);
    await expect(first.accepted).resolves.toBeUndefined();
    first.cancel();
    await failure(first.result);
    await expect(first.accepted).resolves.toBeUndefined();
    const aborted = pool.with({ signal: AbortSignal.abort() }).submit(work('add'), 1, 1);
    expect(await failure(aborted.accepted)).toBeInstanceOf(TaskCancelledError);
    await pool.close();
    expect(await failure(pool.submit(work('add'), 1, 1).accepted)).toBeInstanceOf(PoolClosedError);
  });

  it('keeps memory bounded when it waits for room: a slow pool holds a fast producer', async () => {
    const pool = makePool(kind, { size: 1, maxQueue: 4, whenFull: 'wait' });
    let most = 0;
    const results: Promise<unknown>[] = [];
    for (let index = 0; index < 40; index += 1) {
      const handle = pool.submit(work('sleep'), 1, index);
      results.push(handle.result);
      await handle.accepted;
      const { queued, waiting: outside } = pool.stats();
      most = Math.max(most, queued + outside);
    }
    expect(await Promise.all(results)).toHaveLength(40);
    expect(most).toBeLessThanOrEqual(5);
  });
});

it('A module that is never loaded fails its tasks once it has had its time, and no others', async () => {
  const pool = makePool('inline', { size: 1, startTimeout: 50 });
  const file = path.join(__dirname, '../fixtures/pool/never.mjs');
  const never = task<Add>(file, 'add');
  const [first, second] = [failure(pool.run(never, 1, 2)), failure(pool.run(never, 3, 4))];
  expect(await pool.run(work('add'), 1, 1)).toBe(2);
  expect(await first).toMatchObject({
    code: 'ERR_PROC_TASK_LOAD',
    exportName: 'add',
    message: expect.stringContaining(`${file} was not loaded within 50 ms. It may wait`),
  });
  expect(await second).toMatchObject({ code: 'ERR_PROC_TASK_LOAD' });
  expect(pool.stats()).toMatchObject({ started: 1, crashed: 0 });
});

describe.each(REAL_KINDS)('A busy loop in a pool of the kind %s', (kind) => {
  it('may load its module for longer than it may run', async () => {
    const gate = path.join(directory, `load-${kind}`);
    const pool = makePool(kind, { size: 1, env: { TEST_GATE: gate } });
    const add = task<Add>(path.join(__dirname, '../fixtures/pool/gated.mjs'), 'add');
    const handle = pool.with({ timeout: 200, grace: 100 }).submit(add, 1, 2);
    await until(() => handle.status === 'sent');
    // Longer than that; no event tells that nothing happens.
    await delay(400);
    expect(handle.status).toBe('sent');
    writeFileSync(gate, '');
    expect(await handle.result).toBe(3);
    expect(pool.stats()).toMatchObject({ started: 1 });
  });

  it('never runs once its queue timeout is over, though its worker has it', async () => {
    const pool = makePool(kind, { size: 1 });
    const [gate, notes] = ['open', 'ran'].map((name) => path.join(directory, `${name}-${kind}`));
    // So short that the next ones are sent ahead.
    for (let round = 0; round < 8; round += 1) await pool.run(work('noop'));
    const blocking = pool.run(work('spinUntilFile'), gate);
    const late = pool.with({ queueTimeout: 100 }).submit(work('note'), notes, 'late');
    const patient = pool.with({ queueTimeout: '1h' }).submit(work('note'), notes, 'patient');
    const usual = pool.submit(work('note'), notes, 'usual');
    await until(() => usual.status === 'sent');
    expect(late.status).toBe('sent');
    expect(await failure(late.result)).toMatchObject({ limit: 'queueTimeout', limitMs: 100 });
    writeFileSync(gate ?? '', '');
    await Promise.all([blocking, patient.result, usual.result]);
    expect(readFileSync(notes ?? '', 'utf8')).toBe('patient\nusual\n');
    expect(pool.stats()).toMatchObject({ started: 1, inFlight: 0, timedOut: 1 });
  });

  it('is stopped by its timeout, costs other tasks nothing, and the pool keeps its size', async () => {
    const pool = makePool(kind, { size: 2, grace: 0 });
    const loop = failure(pool.with({ timeout: 50 }).run(work('spinForever')));
    const others = Array.from({ length: 10 }, (_, index) => pool.run(work('echo'), index));
    expect(await Promise.all(others)).toHaveLength(10);
    expect(await loop).toMatchObject({ limit: 'timeout' });
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    await until(() => pool.stats().workers.filter(({ state }) => state === 'ready').length === 2);
    expect(pool.size).toBe(2);
  });

  it('gives back the tasks that were sent behind it', async () => {
    const pool = makePool(kind, { size: 1, grace: 0 });
    for (let round = 0; round < 8; round += 1) await pool.run(work('noop'));
    const loop = pool.submit(work('spinForever'));
    const behind = Array.from({ length: 5 }, (_, index) => pool.run(work('echo'), index));
    await until(() => pool.stats().inFlight === 6);
    setTimeout(() => loop.cancel(), 20);
    expect(await Promise.all(behind)).toEqual([0, 1, 2, 3, 4]);
    expect(loop.status).toBe('cancelled');
  });
});

describe.each(REAL_KINDS)(
  'A task of a pool of the kind %s that was cancelled before it began',
  (kind) => {
    it('is ended all the same when its worker begins it unawares', async () => {
      const pool = makePool(kind, { size: 1, grace: 0 });
      for (let round = 0; round < 8; round += 1) await pool.run(work('noop'));
      // The first does not let go, so the worker goes on with the second before it reads that nobody wants it.
      const first = pool.run(work('spin'), 300);
      const second = pool.submit(work('spinForever'));
      const behind = pool.run(work('echo'), 'behind');
      await until(() => second.status === 'sent');
      second.cancel();
      expect(await behind).toBe('behind');
      expect(await first).toBe('spun');
    });
  },
);

it('A loop in a thread can see that it is to end', async () => {
  const pool = makePool('thread', { size: 1, grace: '1m' });
  const handle = pool.submit(work('pollAborted'));
  await until(() => handle.status === 'running');
  handle.cancel();
  expect(await pool.run(work('add'), 1, 1)).toBe(2);
  expect(pool.stats().started).toBe(1);
});
