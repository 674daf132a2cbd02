import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { EventEmitter, once } from 'node:events';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { startWorker } from '../../src/backends/start-worker.js';
import type { WorkerEnd, WorkerLaunch } from '../../src/backends/worker-channel.js';
import { WorkerCrashedError } from '../../src/errors/worker-crashed-error.js';
import { TaskTimedOutError } from '../../src/errors/task-timed-out-error.js';
import { PoolBrokenError } from '../../src/errors/pool-broken-error.js';
import { WorkerStartError } from '../../src/errors/worker-start-error.js';
import { WorkerExited } from '../../src/events/worker-events.js';
import { task } from '../../src/functions/task.js';
import { parallelOn } from '../support/parallel-on.js';
import { failure, KINDS, makePool, REAL_KINDS } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { SOURCE_WORKERS } from '../support/source-workers.js';
import { work } from '../support/work.js';

/** All that Jest can fake, and nobody lets time pass, unless it is said. */
beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe.each(KINDS)('While a test has fake timers, a pool of the kind %s', (kind) => {
  it('runs tasks, hears what they emit, tells them messages, and tries them again', async () => {
    const pool = makePool(kind, { size: 1 });
    expect(await pool.run(work('add'), 1, 2)).toBe(3);
    const handle = pool.submit(work('converse'));
    await new Promise((resolve) => handle.onEmit(resolve));
    handle.send('this');
    expect(await handle.result).toBe('heard this');
    expect(await pool.with({ retry: 2 }).run(work('failTimes'), 2)).toBe(3);
    await pool.close();
  });

  it('measures tasks by the real time, whatever their own clock says', async () => {
    const pool = makePool(kind, { size: 1 });
    await pool.run(() => {
      const before = performance.now();
      performance.now = () => before + 3_600_000;
    });
    expect(pool.stats().runMs.max).toBeLessThan(3_000_000);
    // That of inline workers is that of this process, and of the next test files.
    await pool.run(() => void Reflect.deleteProperty(performance, 'now'));
    await pool.close();
  });

  it('has all items of lists, and of what comes one by one', async () => {
    const parallel = parallelOn(makePool(kind, { size: 2 }));
    const heard = new EventEmitter();
    async function* items() {
      for (let item = 0; item < 50; item += 1) {
        const its = once(heard, String(item * 2));
        yield item;
        await its;
      }
    }
    const double = (item: number): number => item * 2;
    expect(await parallel.map([1, 2, 3], double)).toEqual([2, 4, 6]);
    const results: number[] = [];
    for await (const result of parallel.map(items(), double)) {
      results.push(result);
      heard.emit(String(result));
    }
    expect(results).toHaveLength(50);
    expect(await parallel.tasks([() => 1, () => 2])).toEqual([1, 2]);
  });

  it('has as many workers as its tasks need, and leaves no timer of the test', async () => {
    const limits = { heartbeat: 50, maxMemory: '1TiB', memoryCheck: 50, idleTimeout: 50 } as const;
    const pool = makePool(kind, { min: 0, max: 2, scaleUpAfter: 1, ...limits });
    const handles = [pool.submit(work('converse')), pool.submit(work('converse'))];
    // Neither ends before both have begun.
    await Promise.all(handles.map((handle) => new Promise((resolve) => handle.onEmit(resolve))));
    expect(jest.getTimerCount()).toBe(0);
    for (const handle of handles) handle.send('this');
    await Promise.all(handles.map(({ result }) => result));
    expect(pool.stats().started).toBe(2);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('is not disturbed by time that a test lets pass', async () => {
    const events = new RecordingEvents();
    const pool = makePool(kind, { size: 1, heartbeat: '1s', startTimeout: '30s' }, events);
    const first = pool.submit(work('converse'));
    jest.advanceTimersByTime(3_600_000);
    await new Promise((resolve) => first.onEmit(resolve));
    jest.advanceTimersByTime(3_600_000);
    first.send('this');
    expect(await first.result).toBe('heard this');
    expect(events.of(WorkerExited)).toEqual([]);
  });
});

describe.each(REAL_KINDS)('While a test has fake timers, a worker of the kind %s', (kind) => {
  it('lets go of a task after the time that the test lets pass, and is replaced', async () => {
    const pool = makePool(kind, { size: 1, grace: 1 });
    const handle = pool.with({ timeout: '1h' }).submit(work('ignore'));
    await new Promise((resolve) => handle.onEmit(resolve));
    const ended = failure(handle.result);
    jest.advanceTimersByTime(3_600_000);
    expect(TaskTimedOutError.is(await ended)).toBe(true);
    expect(await pool.run(work('add'), 1, 2)).toBe(3);
  });

  it('is ended when it does not go', async () => {
    const pool = makePool(kind, { size: 1, grace: 0, teardown: work('endlessTearDown') });
    await pool.run(work('noop'));
    expect(await pool.close()).toEqual({ rejected: 0, forced: [1] });
  });

  it('is ended when it is not ready in time', async () => {
    const pool = makePool(kind, {
      size: 1,
      maxStartFailures: 1,
      startTimeout: 500,
      setup: work('endlessTearDown'),
    });
    const error = await failure(pool.run(work('noop')));
    expect(WorkerStartError.is(error.cause)).toBe(true);
  });
});

it('While a test has fake timers, a module that is never loaded has no more time than it should', async () => {
  const pool = makePool('inline', { size: 1, startTimeout: 50 });
  const never = task(path.join(__dirname, '../fixtures/pool/never.mjs'), 'add');
  expect(await failure(pool.run(never))).toMatchObject({ code: 'ERR_PROC_TASK_LOAD' });
});

it('A failure that nobody waits for is reported without a turn of the test', async () => {
  const program = path.join(__dirname, '../fixtures/pool/program.cjs');
  const child = spawn(process.execPath, [...SOURCE_WORKERS, program, 'unheard', 'inline'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  expect(await text(child.stdout)).toMatch(/^unheard: .*lost/);
});

describe('While a test has fake timers, a process', () => {
  it('is tried again some time after those that could not be started', async () => {
    const setupData = path.join(tmpdir(), `proc-workers-${randomUUID()}`);
    const limits = { maxStartFailures: 1, cooldown: 1 };
    const pool = makePool('process', { max: 1, setup: work('setUpOnce'), setupData, ...limits });
    expect(PoolBrokenError.is(await failure(pool.run(work('noop'))))).toBe(true);
    try {
      let result: unknown;
      while (result === undefined) {
        await turn();
        result = await pool.run(work('add'), 1, 2).catch(() => undefined);
      }
      expect(result).toBe(3);
    } finally {
      rmSync(setupData);
    }
  });

  it('has ended though what it has started holds what it prints to', async () => {
    const pool = makePool('process', { size: 1 });
    const handle = pool.submit(work('leaveChild'));
    const pid = await new Promise<unknown>((resolve) => handle.onEmit(resolve));
    try {
      expect(WorkerCrashedError.is(await failure(handle.result))).toBe(true);
      // Of the spare one that there is after a loss, and for how long.
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      process.kill(pid as number, 'SIGKILL');
    }
  });

  it('is ended when it lives on without its channel', async () => {
    const pool = makePool('process', { size: 1 });
    const error = await failure(pool.run(work('closeAndSpin'), 3));
    expect(error).toMatchObject({ code: 'ERR_PROC_WORKER_CRASHED', signal: 'SIGKILL' });
  });

  it('that can not even be tried has an end', async () => {
    const refused = new Error('refused');
    const end = await new Promise<WorkerEnd>((onEnd) => {
      const listener = { onEnd, onItems: () => undefined, onGoing: () => undefined };
      const start = (): never => {
        throw refused;
      };
      startWorker({ kind: 'process', start }, {} as WorkerLaunch, listener);
    });
    expect(end.error).toBe(refused);
  });
});

it('A process whose clock a task has stopped ends without its channel all the same', async () => {
  const pool = makePool('process', { size: 1, teardown: work('endlessTearDown') });
  await pool.run(work('stopTimers'));
  const error = await failure(pool.run(work('disconnect')));
  // By itself: nobody had to end it.
  expect(error).toMatchObject({ code: 'ERR_PROC_WORKER_CRASHED', exitCode: 0, signal: null });
});

it('A task that stops the turns of its process has a result all the same', async () => {
  const pool = makePool('process', { size: 1 });
  await pool.run(work('stopTurns'));
  expect(await pool.run(work('add'), 1, 2)).toBe(3);
});
