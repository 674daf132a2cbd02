import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import type { TaskContext } from '../../src/contracts/task-context.js';
import { PoolClosedError } from '../../src/errors/pool-closed-error.js';
import { WorkerOutput } from '../../src/events/worker-events.js';
import { failure, KINDS, makePool, REAL_KINDS, until } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';
import { work } from '../support/work.js';

const directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));

afterAll(() => {
  rmSync(directory, { recursive: true });
});

describe.each(KINDS)('Closing a pool of the kind %s', (kind) => {
  it('lets everything end, runs teardown, and takes no more', async () => {
    const file = path.join(directory, `torn-${kind}`);
    const hooks = { setup: work('setUp'), setupData: { file }, teardown: work('tearDown') };
    const pool = makePool(kind, { size: 1, ...hooks });
    const results = [1, 2, 3].map((value) => pool.run(work('sleep'), 1, value));
    const report = await pool.close();
    expect(await Promise.all(results)).toEqual([1, 2, 3]);
    expect(report).toEqual({ rejected: 0, forced: [] });
    expect(readFileSync(file, 'utf8')).toBe(`torn down ${file}\n`);
    expect(PoolClosedError.is(await failure(pool.run(work('add'), 1, 1)))).toBe(true);
    expect(pool.stats().workers).toEqual([]);
  });

  it('rejects what waits, where it is told to', async () => {
    const pool = makePool(kind, { size: 1 });
    const running = pool.submit(work('sleep'), 20, 'done');
    await until(() => running.status !== 'queued');
    const waiting = failure(pool.run(work('add'), 1, 1));
    const report = await pool.close({ queued: 'reject' });
    expect(await running.result).toBe('done');
    expect(PoolClosedError.is(await waiting)).toBe(true);
    expect(report.rejected).toBe(1);
  });

  it('tells which workers it had to end', async () => {
    const pool = makePool(kind, { size: 1 });
    const running = pool.submit(work('ignore'));
    await until(() => running.status === 'running');
    const closing = pool.close();
    const report = await pool.close({ force: true });
    expect(report).toEqual({ rejected: 1, forced: [1] });
    expect(await closing).toBe(report);
    expect(PoolClosedError.is(await failure(running.result))).toBe(true);
  });

  it('waits no longer than it is told to for tasks that do not end', async () => {
    const pool = makePool(kind, { size: 1 });
    const running = pool.submit(work('ignore'));
    await until(() => running.status === 'running');
    expect(await pool.close({ timeout: 20 })).toEqual({ rejected: 1, forced: [1] });
    expect(PoolClosedError.is(await failure(running.result))).toBe(true);
    // Told once more, it tells the same.
    expect(await pool.close({ force: true })).toEqual({ rejected: 1, forced: [1] });
  });

  it('tells which workers it had to end since they did not go when they were asked to', async () => {
    const pool = makePool(kind, { size: 1, grace: 0, teardown: work('endlessTearDown') });
    await pool.run(work('noop'));
    expect(await pool.close()).toEqual({ rejected: 0, forced: [1] });
  });
});

describe.each(REAL_KINDS)('What tasks print in a pool of the kind %s', (kind) => {
  it('is there, task by task, when their results are', async () => {
    const pool = makePool(kind, { size: 1, output: 'capture' });
    const one = pool.submit(work('print'), 'one');
    const two = pool.submit(work('print'), 'two');
    await one.result;
    expect([one.stdout, one.stderr]).toEqual(['out one', 'err one']);
    await two.result;
    expect([two.stdout, two.stderr]).toEqual(['out two', 'err two']);
  });

  it('is told apart where several run at once, and told to who listens', async () => {
    const events = new RecordingEvents();
    const pool = makePool(kind, { size: 1, concurrency: 2, output: 'capture' }, events);
    const handles = ['a', 'b'].map((text) => pool.submit(work('printInTurns'), text));
    await Promise.all(handles.map(({ result }) => result));
    expect(handles.map(({ stdout, stderr }) => [stdout, stderr])).toEqual([
      ['a1 a2 ', 'a3 '],
      ['b1 b2 ', 'b3 '],
    ]);
    const told = events.of(WorkerOutput);
    expect(told.map(({ worker }) => worker.id)).toEqual([1, 1, 1, 1, 1, 1]);
    for (const [index, text] of ['a', 'b'].entries()) {
      const own = told.filter(({ taskId }) => taskId === handles[index]?.id);
      expect(own.map((event) => [event.stream, event.text])).toEqual([
        ['stdout', `${text}1 `],
        ['stdout', `${text}2 `],
        ['stderr', `${text}3 `],
      ]);
    }
    // They did run at once.
    expect(told.slice(0, 2).map(({ text }) => text)).toEqual(['a1 ', 'b1 ']);
  });

  it('is dropped where nobody wants it', async () => {
    const events = new RecordingEvents();
    const pool = makePool(kind, { size: 1, output: 'ignore' }, events);
    const handle = pool.submit(work('print'), 'lost');
    await handle.result;
    expect([handle.stdout, handle.stderr, events.of(WorkerOutput)]).toEqual(['', '', []]);
  });
});

describe.each(REAL_KINDS)('The workers of a pool of the kind %s', (kind) => {
  it('are replaced after so many tasks, and no task is lost', async () => {
    const pool = makePool(kind, { size: 1, maxTasksPerWorker: 3 });
    const results = await Promise.all(
      Array.from({ length: 8 }, () => pool.run(work<number>('count'))),
    );
    expect(results).toEqual([1, 2, 3, 1, 2, 3, 1, 2]);
    expect(pool.stats().recycled).toBe(2);
  });

  it('get no task while the one whose place they take still runs its last', async () => {
    const pool = makePool(kind, { size: 1, maxTasksPerWorker: 1 });
    const gate = path.join(directory, `last-${kind}`);
    const last = pool.run(work('waitForFile'), gate, 'last');
    const handles = [1, 2].map(() => pool.submit(work('identity')));
    await until(() => pool.stats().workers.some(({ id, state }) => id === 2 && state === 'ready'));
    expect(handles.map(({ status }) => status)).toEqual(['queued', 'queued']);
    writeFileSync(gate, '');
    expect(await last).toBe('last');
    await Promise.all(handles.map(({ result }) => result));
    expect(handles.map(({ workerId }) => workerId)).toEqual([2, 3]);
  });

  it('keep the tasks of a key together', async () => {
    const pool = makePool(kind, { size: 2 });
    const places = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        pool.with({ key: index % 2 === 0 ? 'even' : 'odd' }).run(work<string>('identity')),
      ),
    );
    expect(new Set(places.filter((_, index) => index % 2 === 0)).size).toBe(1);
    expect(new Set(places.filter((_, index) => index % 2 === 1)).size).toBe(1);
  });

  it('take over the tasks of a key whose worker has died, and keep them', async () => {
    const pool = makePool(kind, { size: 2 }).with({ key: 'a' });
    const before = await pool.run(work<string>('identity'));
    await failure(pool.run(work('exit'), 1));
    const after = await pool.run(work<string>('identity'));
    expect(after).not.toBe(before);
    expect(await pool.run(work<string>('identity'))).toBe(after);
  });

  it('get one task each before any gets a second, where they run several', async () => {
    const pool = makePool(kind, { size: 2, concurrency: 3 });
    await pool.run(work('noop'));
    await pool.broadcast(work('noop'), []);
    const handles = [1, 2, 3, 4].map(() => pool.submit(work('sleep'), 20));
    await Promise.all(handles.map(({ result }) => result));
    expect(handles.map(({ workerId }) => workerId).sort()).toEqual([1, 1, 2, 2]);
  });

  it('tell of what is sent to all what came of it in each of them, also where one fails or dies', async () => {
    const pool = makePool(kind, { size: 2, output: 'ignore' });
    await pool.run(work('noop'));
    const outcomes = async (name: string): Promise<readonly unknown[]> =>
      (await pool.broadcast(work(name), [2])).map((each) =>
        each.status === 'fulfilled'
          ? [each.workerId, each.value]
          : [each.workerId, (each.reason as Error).name],
      );
    expect(await outcomes('failInWorker')).toEqual([
      [1, 'fine'],
      [2, 'RangeError'],
    ]);
    expect(await outcomes('dieInWorker')).toEqual([
      [1, 'fine'],
      [2, 'WorkerCrashedError'],
    ]);
  });

  it('are set up once each, with a copy of what that needs, and have what it comes to', async () => {
    const setupData = { list: ['given'] };
    const pool = makePool(kind, { size: 2, setup: work('setUpLater'), setupData });
    await pool.run(work('noop'));
    const answers = await pool.broadcast(work('setUpOf'), []);
    expect(answers).toMatchObject([
      { workerId: 1, value: ['given', 'set up'] },
      { workerId: 2, value: ['given', 'set up'] },
    ]);
    expect(await pool.run(work('setUpOf'))).toEqual(['given', 'set up']);
    expect(setupData).toEqual({ list: ['given'] });
  });

  it('each answer what is sent to all, and later ones run it before their first task', async () => {
    const pool = makePool(kind, { size: 2 });
    await pool.run(work('noop'));
    const answers = await pool.broadcast(work('count'), [], { sticky: true });
    expect(answers).toEqual([
      { workerId: 1, status: 'fulfilled', value: 1 },
      { workerId: 2, status: 'fulfilled', value: 1 },
    ]);
    await Promise.all([failure(pool.run(work('exit'), 1)), failure(pool.run(work('exit'), 1))]);
    expect(await pool.run(work('count'))).toBe(2);
  });

  it('are sent a function without arguments where none are given, and nothing where those are no list', async () => {
    const pool = makePool(kind, { size: 1 });
    await pool.run(work('noop'));
    const noArguments = (context: TaskContext) => context.workerId;
    expect(await pool.broadcast(noArguments)).toMatchObject([{ value: 1 }]);
    const wrong = pool.broadcast(work('count'), 5 as never);
    expect((await failure(wrong)).message).toBe(
      'Arguments are given as a list, but this was given: 5.',
    );
  });

  it('do not count what is sent to all among the tasks after which they leave', async () => {
    const pool = makePool(kind, { size: 1, maxTasksPerWorker: 1 });
    await pool.broadcast(work('count'), [], { sticky: true });
    expect(await pool.run(work('count'))).toBe(2);
    expect(await pool.run(work('count'))).toBe(2);
  });

  it('come when tasks wait and leave one by one when there is nothing to do', async () => {
    const pool = makePool(kind, { min: 1, max: 2, scaleUpAfter: 0, idleTimeout: 20 });
    await Promise.all([1, 2, 3, 4].map(() => pool.run(work('sleep'), 30)));
    expect(pool.stats().started).toBe(2);
    await until(() => pool.stats().workers.length === 1);
    expect(pool.stats()).toMatchObject({ started: 2, crashed: 0 });
  });
});

it('A process that is ended takes along what its task has started', async () => {
  const pool = makePool('process', { size: 1, grace: 0 });
  const handle = pool.submit(work('startChild'));
  const pid = await new Promise<unknown>((resolve) => handle.onEmit(resolve));
  expect(isAlive(pid as number)).toBe(true);
  handle.cancel();
  await failure(handle.result);
  await until(() => !isAlive(pid as number));
  expect(await pool.run(work('add'), 1, 1)).toBe(2);
});

it('No worker outlives a program that was killed, whatever it does', async () => {
  const program = path.join(__dirname, '../fixtures/pool/program.cjs');
  const child = spawn(process.execPath, [...SOURCE_WORKERS, program, 'orphans', 'process'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [output] = (await once(child.stdout, 'data')) as [Buffer];
  const pids = JSON.parse(output.toString()) as number[];
  expect(pids).toHaveLength(3);
  expect(pids.every(isAlive)).toBe(true);
  child.kill('SIGKILL');
  await once(child, 'close');
  const killed = performance.now();
  await until(() => !pids.some(isAlive));
  // What is promised, not what it takes: that is some ten milliseconds.
  expect(performance.now() - killed).toBeLessThan(2000);
}, 20_000);

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A dead one that nobody has collected yet is none.
    if (process.platform !== 'linux') return true;
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
