import { Writable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ResourceExhaustedError, type ProcessManager } from '@proc/core';
import { ProcessPool } from '@proc/pool';
import { progressBar } from '@proc/pool/progress';
import { fakeProcesses, virtualClock, type ProcessFakes, type VirtualClock } from '@proc/testing';
import { HandMadeEntry } from '../support/hand-made-entry.js';
import { processManager } from '../support/process-manager.js';

const MINUTE = 60_000;

describe('a pool by a virtual clock', () => {
  let processes: ProcessManager;
  let fakes: ProcessFakes;
  let clock: VirtualClock;

  beforeEach(() => {
    processes = processManager();
    clock = virtualClock();
    fakes = fakeProcesses(processes, {}, { clock }).preventStrayProcesses();
  });

  afterEach(async () => {
    await processes.shutdown();
  });

  test('takes the time that its entries take in their places, and tells it', async () => {
    for (const minutes of [1, 2, 3, 4]) {
      fakes.fake({ [`job ${minutes}`]: fakes.describe().delay({ minutes }) });
    }
    const order: unknown[] = [];
    const jobs = [3, 1, 4, 2].map((minutes) => `job ${minutes}`);
    const results = await clock.runUntil(
      processes
        .pool(jobs, {
          maxProcesses: 2,
          onProgress: (_, key) => void order.push([key, clock.now()]),
        })
        .start(),
    );
    expect(results.durationMs).toBe(5 * MINUTE);
    expect(clock.now()).toBe(5 * MINUTE);
    expect(order).toContainEqual([2, 5 * MINUTE]);
    fakes.assertPeakConcurrency(2);
  });

  test('tells how long it will take', async () => {
    fakes.fake({ 'job *': fakes.describe().delay('1m') });
    const pool = processes.pool(['job 1', 'job 2', 'job 3', 'job 4'], { maxProcesses: 1 });
    const results = pool.start();
    await clock.advance('1m');
    expect(pool.progress()).toMatchObject({ succeeded: 1, etaMs: 3 * MINUTE });
    await clock.advance('1m');
    expect(pool.progress()).toMatchObject({ succeeded: 2, etaMs: 2 * MINUTE });
    await clock.runUntil(results);
  });

  describe('tells how long it will take', () => {
    test('by what entries weigh, of which no one is more than the pool', async () => {
      fakes.fake({ 'job *': fakes.describe().delay('1m') });
      const heavy = ['a', 'b', 'c', 'd'].map((key) => ({ command: `job ${key}`, weight: 9 }));
      const light = ['e', 'f', 'g', 'h'].map((key) => ({ command: `job ${key}` }));
      const pool = processes.pool([...heavy, ...light], { maxProcesses: 4 });
      const results = pool.start();
      await clock.advance('2m');
      expect(pool.progress()).toMatchObject({ succeeded: 2, etaMs: 3 * MINUTE });
      await clock.runUntil(results);
      expect((await results).durationMs).toBe(5 * MINUTE);
    });

    test('without the time of a pause', async () => {
      fakes.fake({ 'job *': fakes.describe().delay('1m') });
      const pool = processes.pool(['job 1', 'job 2', 'job 3'], { maxProcesses: 1 });
      const results = pool.start();
      pool.pause();
      await clock.advance('1m');
      expect(pool.progress()).toMatchObject({ succeeded: 1, etaMs: 2 * MINUTE });
      await clock.advance('1h');
      expect(pool.progress().etaMs).toBe(2 * MINUTE);
      pool.resume();
      await clock.advance('1m');
      expect(pool.progress()).toMatchObject({ succeeded: 2, etaMs: MINUTE });
      await clock.runUntil(results);
    });

    test('with the time of attempts and of the delays between them', async () => {
      fakes.fake({ 'job *': fakes.describe().delay('1m').exitCode(1) });
      const pool = processes.pool(['job 1', 'job 2'], {
        maxProcesses: 1,
        retry: { times: 1, delay: '2m' },
      });
      const results = pool.start();
      await clock.advance('2m');
      expect(pool.progress()).toMatchObject({ running: 1, queued: 1, etaMs: null });
      await clock.advance('2m');
      expect(pool.progress()).toMatchObject({ failed: 1, etaMs: 4 * MINUTE });
      await clock.runUntil(results);
    });

    test('only once all entries of an iterable are known', async () => {
      fakes.fake({ 'job *': fakes.describe().delay('1m') });
      const jobs = function* (): Generator<string> {
        yield* ['job 1', 'job 2', 'job 3'];
      };
      const pool = processes.pool(jobs(), { maxProcesses: 2 });
      const results = pool.start();
      await clock.advance('30s');
      expect(pool.progress()).toMatchObject({ total: null, etaMs: null });
      await clock.advance('30s');
      expect(pool.progress()).toMatchObject({ total: 3, succeeded: 2, etaMs: 30_000 });
      await clock.runUntil(results);
    });
  });

  test('times out', async () => {
    fakes.fake({ 'job *': fakes.describe().ignoresSignals().delay('1h') });
    const started = processes
      .pool(
        (pool) => {
          pool.as('a').command('job a').grace('10s');
          pool.as('b').command('job b');
        },
        { timeout: '5m', maxProcesses: 1 },
      )
      .start();
    await clock.advance(5 * MINUTE - 1);
    expect(fakes.recorded()[0]?.signals).toEqual([]);
    await clock.advance(1);
    fakes.assertSignalled('job a', 'SIGTERM');
    await clock.advance('10s');
    expect(await started).toMatchObject({ reason: 'timedOut', durationMs: 310_000 });
    fakes.assertNotRan('job b');
    expect(clock.pending).toBe(0);
  });

  test('waits by it between two attempts, and when an entry lives too long', async () => {
    fakes.fake({
      flaky: fakes.sequence([1, 1, 'done']),
      slow: fakes.describe().delay('1h'),
      silent: fakes.describe().output('begun').delay('1h'),
    });
    const run = processes
      .pool(
        (pool) => {
          pool.as('flaky').command('flaky');
          pool.as('slow').command('slow').timeout('15m');
          pool.as('silent').command('silent').idleTimeout('5m');
        },
        { maxProcesses: 3, retry: { times: 2, delay: '10m', factor: 2 } },
      )
      .start();
    await clock.advance(10 * MINUTE - 1);
    fakes.assertRanTimes('flaky', 1);
    await clock.advance(1);
    fakes.assertRanTimes('flaky', 2);
    const results = await clock.runUntil(run);
    expect(results.get('flaky')).toMatchObject({ stdout: 'done\n', attempts: 3 });
    expect(results.get('slow')).toMatchObject({ reason: 'timedOut', attempts: 3 });
    expect(results.get('silent')).toMatchObject({ reason: 'idleTimedOut', attempts: 3 });
    expect(results.durationMs).toBe((15 + 10 + 15 + 20 + 15) * MINUTE);
  });

  test('shows its progress by it', async () => {
    const lines: string[] = [];
    const stream = new Writable({
      decodeStrings: false,
      write: (line: string, _encoding, done) => {
        lines.push(`${clock.now() / MINUTE}: ${line.trim()}`);
        done();
      },
    });
    fakes.fake({ 'job *': fakes.describe().delay('1m') });
    const run = processes
      .pool(['job 1', 'job 2', 'job 3', 'job 4'], {
        maxProcesses: 1,
        onProgress: progressBar({ stream, interval: '2m', env: { CI: '1' } }),
      })
      .start();
    await clock.runUntil(run);
    expect(lines).toEqual([
      '0: 0/4 done, 0 failed, 1 running, 0',
      '2: 2/4 done, 0 failed',
      '4: 4/4 done, 0 failed',
    ]);
  });

  test('is ended by it where its entries are no processes', async () => {
    const entry = new HandMadeEntry();
    const run = processes.pool([entry], { timeout: '5m' }).start();
    await clock.advance('5m');
    expect(await run).toMatchObject({ reason: 'timedOut', durationMs: 5 * MINUTE });
    expect(entry.run.context.clock).toBe(clock);
  });

  test('waits by it for the machine to have room, and gives up by it', async () => {
    const full = fakes.describe().startError('EMFILE');
    fakes.fake({ first: fakes.sequence([full, full, full, 'at last']), never: full });
    const run = processes.pool(['first'], { maxProcesses: 3 }).start();
    await clock.settle();
    expect(fakes.recorded()).toHaveLength(0);
    expect((await clock.runUntil(run)).get(0)?.output()).toBe('at last\n');
    expect(clock.now()).toBeGreaterThanOrEqual(25 + 50 + 100);
    const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const began = clock.now();
    const vain = processes.pool(['never'], { patience: '2m' }).start();
    const results = await clock.runUntil(vain.catch((error: unknown) => error));
    expect(clock.now() - began).toBeGreaterThanOrEqual(2 * MINUTE);
    expect(clock.now() - began).toBeLessThan(3 * MINUTE);
    expect(results).toMatchObject({ failureCount: 1 });
    expect(warned).toHaveBeenCalledTimes(1);
    warned.mockRestore();
  });

  test('that lives on goes by the clock of the moment', async () => {
    fakes.restore();
    const warned = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const pool = new ProcessPool(processes, { concurrency: 1, patience: '2m' });
    const later = virtualClock();
    fakes.fake({ never: fakes.describe().startError('EMFILE') }, { clock: later });
    const failed = expect(pool.start('never')).rejects.toBeInstanceOf(ResourceExhaustedError);
    await later.runUntil(failed);
    expect(later.now()).toBeGreaterThanOrEqual(2 * MINUTE);
    await pool.close();
    warned.mockRestore();
  });
});
