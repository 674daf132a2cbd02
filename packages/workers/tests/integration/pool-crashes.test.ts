import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { PoisonTaskError } from '../../src/errors/poison-task-error.js';
import { PoolBrokenError } from '../../src/errors/pool-broken-error.js';
import { WorkerProtocolError } from '../../src/errors/worker-protocol-error.js';
import { RemoteError } from '../../src/errors/remote-error.js';
import { WorkerCrashedError } from '../../src/errors/worker-crashed-error.js';
import { WorkerExited } from '../../src/events/worker-events.js';
import { failure, makePool, REAL_KINDS } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';
import { work } from '../support/work.js';

const directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));
let files = 0;

afterAll(() => {
  rmSync(directory, { recursive: true });
});

function file(): string {
  files += 1;
  return path.join(directory, String(files));
}

describe.each(REAL_KINDS)('A pool of the kind %s whose worker dies', (kind) => {
  it.each([
    ['exits with code 0', 'exit', [0], 0],
    ['exits with another code', 'exit', [7], 7],
    ['throws where nobody catches', 'stray', [], 1],
    ['leaves a rejection unhandled', 'unhandled', [], 1],
  ])('rejects the task that %s', async (_, name, args, exitCode) => {
    const pool = makePool(kind, { size: 1, output: 'ignore' });
    const handle = pool.submit(work(name), ...args);
    const error = await failure(handle.result);
    expect(WorkerCrashedError.is(error)).toBe(true);
    expect(error).toMatchObject({ exitCode, attempt: 1, workerId: 1, taskName: name });
    if (name === 'stray') expect(error.cause).toMatchObject({ message: 'stray' });
    if (name === 'unhandled') expect(error.cause).toMatchObject({ message: 'unhandled' });
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });

  it('fails that task alone: those before it are done, those behind it run elsewhere', async () => {
    const pool = makePool(kind, { size: 1 });
    // So short that many are sent ahead.
    for (let round = 0; round < 8; round += 1) await pool.run(work('noop'));
    const before = Array.from({ length: 20 }, (_, index) => pool.run(work('echo'), index));
    const dying = failure(pool.run(work('exit'), 3));
    const behind = Array.from({ length: 20 }, (_, index) => pool.run(work('echo'), index));
    expect(await dying).toBeInstanceOf(WorkerCrashedError);
    expect(await Promise.all([...before, ...behind])).toEqual([
      ...Array.from({ length: 20 }, (_, index) => index),
      ...Array.from({ length: 20 }, (_, index) => index),
    ]);
    expect(pool.stats()).toMatchObject({ crashed: 1, failed: 1, completed: 48 });
    expect(pool.stats().requeued).toBeGreaterThan(0);
  });

  it('runs each task once, whatever happens to those beside it', async () => {
    const pool = makePool(kind, { size: 2 });
    const notes = file();
    for (let round = 0; round < 8; round += 1) await pool.run(work('noop'));
    const runs: Promise<unknown>[] = [];
    for (let index = 0; index < 60; index += 1) {
      runs.push(
        index % 20 === 10
          ? failure(pool.run(work('exit'), 1))
          : pool.run(work('note'), notes, String(index)),
      );
    }
    await Promise.all(runs);
    const { readFileSync } = await import('node:fs');
    const lines = readFileSync(notes, 'utf8').trim().split('\n');
    expect(lines).toHaveLength(57);
    expect(new Set(lines).size).toBe(57);
  });

  it('runs those that it was sent, and has not begun, before those that wait behind them', async () => {
    const pool = makePool(kind, { size: 1 });
    const notes = file();
    for (let round = 0; round < 8; round += 1) await pool.run(work('noop'));
    const dying = failure(pool.run(work('exit'), 3));
    // More than are sent ahead.
    const texts = Array.from({ length: 80 }, (_, index) => String(index));
    const runs = texts.map((text) => pool.run(work('note'), notes, text));
    await Promise.all([dying, ...runs]);
    const { readFileSync } = await import('node:fs');
    expect(readFileSync(notes, 'utf8').trim().split('\n')).toEqual(texts);
    const { requeued } = pool.stats();
    expect([requeued > 0, requeued < texts.length]).toEqual([true, true]);
  });

  it('tries a task again where it may, and tells it which attempt it is', async () => {
    const pool = makePool(kind, { size: 1 });
    expect(await pool.with({ retry: 1 }).run(work('dieOnce'), file())).toBe('survived');
    expect(await pool.with({ retry: 2 }).run(work('failTimes'), 2)).toBe(3);
    const error = await failure(pool.with({ retry: 1 }).run(work('failTimes'), 5));
    expect(error.message).toBe('attempt 2');
    const picky = { times: 3, on: ['crash'] as const };
    expect((await failure(pool.with({ retry: picky }).run(work('failTimes'), 1))).message).toBe(
      'attempt 1',
    );
    const asked: number[] = [];
    const when = (_: Error, attempt: number): boolean => asked.push(attempt) < 2;
    await failure(pool.with({ retry: { times: 9, when } }).run(work('failTimes'), 9));
    expect(asked).toEqual([1, 2]);
    expect(pool.stats().retried).toBe(1 + 2 + 1 + 1);
  });

  it('tells what its worker died of, even where that can not be shown', async () => {
    const pool = makePool(kind, { size: 1, output: 'ignore' });
    const error = await failure(pool.run(work('strayOdd')));
    expect(error).toMatchObject({ exitCode: 1 });
    expect(error.cause).toBeInstanceOf(RemoteError);
  });

  it('gives a task up that workers die of', async () => {
    const pool = makePool(kind, { size: 1, poisonAfter: 2 });
    const handle = pool.with({ retry: 10 }).submit(work('exit'), 1);
    const error = await failure(handle.result);
    expect(error).toBeInstanceOf(PoisonTaskError);
    expect(error).toMatchObject({ crashes: 2 });
    expect(WorkerCrashedError.is(error.cause)).toBe(true);
    expect(pool.stats().crashed).toBe(2);
  });

  it('does not try for ever to start workers that can not be started', async () => {
    const events = new RecordingEvents();
    const setup = work('failingSetUp');
    const pool = makePool(kind, { size: 1, setup, maxStartFailures: 2, cooldown: '1h' }, events);
    const tasks = [pool.run(work('add'), 1, 1), pool.run(work('add'), 2, 2)].map(failure);
    for (const error of await Promise.all(tasks)) {
      expect(PoolBrokenError.is(error)).toBe(true);
      expect(error.cause).toMatchObject({ message: 'no database' });
    }
    expect(pool.stats()).toMatchObject({ broken: true, started: 2 });
    expect(PoolBrokenError.is(await failure(pool.run(work('add'), 1, 1)))).toBe(true);
    expect(pool.stats().started).toBe(2);
    expect(events.of(WorkerExited).map(({ reason }) => reason)).toEqual([
      'startFailed',
      'startFailed',
    ]);
  });

  it('tries to start one again after a while, and goes on when that works', async () => {
    const gate = file();
    const setup = work('setUpOnce');
    const options = { max: 1, setup, setupData: gate, maxStartFailures: 1, cooldown: 0 };
    const pool = makePool(kind, options);
    expect(PoolBrokenError.is(await failure(pool.run(work('add'), 1, 1)))).toBe(true);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    expect(pool.stats()).toMatchObject({ broken: false, started: 2 });
  });

  it('reports an exhausted heap as such', async () => {
    const pool = makePool(kind, { size: 1, maxHeap: '32MiB', output: 'ignore' });
    const error = await failure(pool.run(work('exhaust')));
    expect(error).toMatchObject({ outOfMemory: true });
    expect(error.message).toContain('ran out of memory');
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });

  it('survives options of Node that can not be', async () => {
    const pool = makePool(kind, { size: 1, execArgv: ['--no-such-option'], maxStartFailures: 1 });
    const error = await failure(pool.run(work('add'), 1, 1));
    expect(PoolBrokenError.is(error)).toBe(true);
  });
});

describe('A pool of processes whose worker dies', () => {
  it('tells signal, pid and the end of stderr', async () => {
    const pool = makePool('process', { size: 1, output: 'ignore' });
    const killed = await failure(pool.run(work('killSelf')));
    expect(killed).toMatchObject({ signal: 'SIGKILL', exitCode: null });
    expect(killed).toHaveProperty('pid', expect.any(Number));
    const stray = await failure(pool.run(work('stray')));
    expect(stray).toHaveProperty('stderr', expect.stringContaining('Error: stray'));
    expect(stray.message).toContain('Error: stray');
  });

  it('rejects a task that closes the channel', async () => {
    const pool = makePool('process', { size: 1 });
    expect(WorkerCrashedError.is(await failure(pool.run(work('disconnect'))))).toBe(true);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });

  it('rejects a task that writes something else into the channel', async () => {
    const pool = makePool('process', { size: 1 });
    const error = await failure(pool.run(work('scribble'), 3));
    expect(WorkerCrashedError.is(error)).toBe(true);
    expect(error.cause).toHaveProperty('message', expect.stringContaining('Something else'));
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });

  it.each([
    ['is nothing', [null]],
    ['has no number', [[14, 'x', 1, 1]]],
    ['has no error', [[15, 1, null, 1]]],
  ])('ends a worker that says what %s', async (_, items) => {
    const pool = makePool('process', { size: 1, spare: 0 });
    const error = await failure(pool.run(work('forge'), 3, items));
    expect(WorkerCrashedError.is(error)).toBe(true);
    expect(WorkerProtocolError.is(error.cause)).toBe(true);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    expect(pool.stats()).toMatchObject({ started: 2, crashed: 1, failed: 1 });
  });

  it('tells the one that ran from those that wait when it has had thousands, too', async () => {
    const pool = makePool('process', { size: 1, output: 'ignore' });
    const many = await Promise.all(
      Array.from({ length: 10_000 }, (_, n) => pool.run(work('add'), n, 1)),
    );
    expect(many.at(-1)).toBe(10_000);
    // All are sent at once.
    const tasks = [
      pool.run(work('add'), 1, 1),
      pool.run(work('killSelf')),
      pool.run(work('add'), 2, 2),
      pool.run(work('add'), 3, 3),
    ];
    const [before, killed, ...after] = await Promise.allSettled(tasks);
    expect(before).toMatchObject({ value: 2 });
    expect(killed).toMatchObject({ reason: { signal: 'SIGKILL' } });
    expect(after).toMatchObject([{ value: 4 }, { value: 6 }]);
    expect(pool.stats()).toMatchObject({ crashed: 1, failed: 1 });
  });

  it('runs the next one elsewhere where a task closes what the tasks that begin are noted in', async () => {
    const pool = makePool('process', { size: 1, output: 'ignore' });
    await pool.run(work('closeDescriptor'), 4);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    expect(pool.stats()).toMatchObject({ crashed: 1, failed: 0, completed: 2 });
  });

  it('tells in its error that what it was sent is too deep to be read', async () => {
    const execArgv = [...SOURCE_WORKERS, '--stack-size=300'];
    const pool = makePool('process', { size: 1, output: 'ignore', execArgv });
    const error = await failure(pool.run(work('echo'), nested(1000)));
    expect(error).toHaveProperty('stderr', expect.stringContaining('Maximum call stack'));
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });
});

describe('A pool of threads whose worker dies', () => {
  it('tells that what it gave is too deep to be read', async () => {
    const pool = makePool('thread', { size: 1, output: 'ignore' });
    // Threads have a larger stack.
    const error = await failure(pool.run(work('nested'), tooDeep()));
    expect(WorkerCrashedError.is(error)).toBe(true);
    expect(error.cause).toHaveProperty('message', expect.stringContaining('call stack'));
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });
});

function nested(levels: number): object {
  let value: object = {};
  for (let level = 0; level < levels; level += 1) value = { value };
  return value;
}

/** So many levels as can certainly not be read here. */
function tooDeep(): number {
  for (let levels = 500; ; levels += 100) {
    try {
      structuredClone(nested(levels));
    } catch {
      return levels * 1.5;
    }
  }
}
