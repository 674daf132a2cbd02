import { describe, expect, jest, test } from '@jest/globals';
import { InvalidArgumentError, type Clock } from '@proc/core';
import { PoolTimedOutError, type HaltOptions, type Pool, type PoolOptions } from '@proc/pool';
import { ending, entries, HandMadeEntry } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();

function unreadable(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

describe('by default', () => {
  test('a failure ends nothing else', async () => {
    const all = [ending({ exitCode: 1 }), ending(), ending({ exitCode: 2 }), ending()];
    const results = await processes.pool(all, { concurrency: 1 }).start();
    expect(results.failureCount).toBe(2);
    expect(results.successCount).toBe(2);
    expect(results.reason).toBeNull();
  });
});

describe('failFast', () => {
  test('stops what runs and skips the rest at the first failure', async () => {
    const all = entries(4);
    const started = processes.pool(all, { failFast: true, concurrency: 2 }).start();
    all[1]!.run.end({ exitCode: 1 });
    const results = await started;
    expect(all[0]!.run.stops).toHaveLength(1);
    expect(results.skipped).toEqual([2, 3]);
    expect(results.reason).toBe('halted');
    expect(results.total).toBe(4);
  });

  test('lets a pool without failures be', async () => {
    const results = await processes.pool([ending(), ending()], { failFast: true }).start();
    expect(results.successful()).toBe(true);
    expect(results.reason).toBeNull();
  });
});

describe('halt', () => {
  test('soon lets finish what runs', async () => {
    const all = entries(3);
    const started = processes
      .pool(all, { halt: { when: 'soon', fail: 1 }, concurrency: 2 })
      .start();
    all[0]!.run.end({ exitCode: 1 });
    await settled();
    expect(all[1]!.run.stops).toHaveLength(0);
    all[1]!.run.end();
    const results = await started;
    expect(results.successCount).toBe(1);
    expect(results.skipped).toEqual([2]);
  });

  test('waits for as many failures as it says', async () => {
    const all = [1, 0, 1, 0].map((exitCode) => ending({ exitCode }));
    const results = await processes
      .pool(all, { halt: { when: 'now', fail: 2 }, concurrency: 1 })
      .start();
    expect(results.skipped).toEqual([3]);
  });

  test('waits for a share of all entries', async () => {
    const all = [1, 0, 1, 1, 0, 0, 0, 0, 0, 0].map((exitCode) => ending({ exitCode }));
    const results = await processes
      .pool(all, { halt: { when: 'soon', fail: '30%' }, concurrency: 1 })
      .start();
    expect(results.skipped).toEqual([4, 5, 6, 7, 8, 9]);
  });

  test.each<[HaltOptions, string, number[]]>([
    [{ when: 'soon', success: 2 }, 'two successes', [3, 4, 5]],
    [{ when: 'soon', success: '50%' }, 'half of all having succeeded', [5]],
    [{ when: 'soon', done: 2 }, 'two ends', [2, 3, 4, 5]],
    [{ when: 'soon', done: '50%' }, 'half of all having ended', [3, 4, 5]],
  ])('%j ends the pool at %s', async (halt, _at, skipped) => {
    const all = [1, 0, 0, 1, 0, 0].map((exitCode) => ending({ exitCode }));
    const results = await processes.pool(all, { halt, concurrency: 1 }).start();
    expect([results.reason, results.skipped]).toEqual(['halted', skipped]);
  });

  test.each<HaltOptions>([
    { when: 'now', success: 1 },
    { when: 'now', done: '20%' },
  ])('%j stops what runs', async (halt) => {
    const all = entries(5);
    const started = processes.pool(all, { halt, concurrency: 2 }).start();
    all[1]!.run.end();
    const results = await started;
    expect(all[0]!.run.stops).toHaveLength(1);
    expect([results.successCount, results.failureCount]).toEqual([1, 1]);
    expect(results.skipped).toEqual([2, 3, 4]);
  });

  test('counts of an iterable what has ended so far, and of `done` no share', async () => {
    const of = (codes: number[]) => new Set(codes.map((exitCode) => ending({ exitCode })));
    const results = await processes
      .pool(of([1, 0, 0, 1, 0, 0, 0]), { halt: { when: 'soon', success: '60%' }, concurrency: 1 })
      .start();
    expect([results.reason, results.total]).toEqual(['halted', 5]);
    const whole = await processes
      .pool(of([0, 0, 0, 0, 0]), { halt: { when: 'soon', done: '20%' }, concurrency: 1 })
      .start();
    expect(whole.total).toBe(5);
  });

  // As for GNU parallel, which exits with the status of the job that met the condition, also when that was the last.
  test('is the reason also where the last entry met it, though nothing was left to skip', async () => {
    const all = [ending(), ending({ exitCode: 7 })];
    const failed = await processes
      .pool(all, { halt: { when: 'now', fail: 1 }, concurrency: 1 })
      .start();
    expect([failed.reason, failed.skipped]).toEqual(['halted', []]);
    const done = await processes
      .pool([ending(), ending()], { halt: { when: 'soon', success: 2 }, concurrency: 1 })
      .start();
    expect([done.reason, done.skipped, done.successful()]).toEqual(['halted', [], true]);
  });

  test('soon gives way to a stop that comes later', async () => {
    const all = entries(2);
    const pool = processes.pool(all, { halt: { when: 'soon', fail: 1 } });
    const started = pool.start();
    all[0]!.run.end({ exitCode: 1 });
    await settled();
    await pool.stop('1s');
    expect(all[1]!.run.stops).toEqual([{ grace: '1s', signal: undefined }]);
    expect((await started).reason).toBe('halted');
  });
});

describe('the timeout of a pool', () => {
  test('cancels what runs, with a typed cause, and skips the rest', async () => {
    const all = entries(2);
    const results = await processes.pool(all, { timeout: 5, concurrency: 1 }).start();
    const [result] = results;
    expect(result?.cancelled).toBe(true);
    expect(PoolTimedOutError.is(result?.error?.cause)).toBe(true);
    expect(results.reason).toBe('timedOut');
    expect(results.cause).toMatchObject({ limitMs: 5, code: 'ERR_PROC_POOL_TIMED_OUT' });
    expect(results.skipped).toEqual([1]);
  });

  test('does not outlive the pool', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await processes.pool([ending()], { timeout: '1h' }).start();
    const after = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    expect(after).toBe(before);
  });

  test('does not outlive a pool that its display has ended before it began', async () => {
    const timer = jest.fn((_ms: number, _due: () => void) => () => undefined);
    const clock: Clock = { now: () => 0, date: () => new Date(0), timer };
    const own = processManager();
    own.useClock(clock);
    const onProgress = Object.assign(() => undefined, {
      started: () => {
        throw new Error('no terminal');
      },
      completed: () => undefined,
    });
    const pool = own.pool([ending()], { timeout: '1h', onProgress });
    await expect(pool.start()).rejects.toThrow('no terminal');
    expect(timer).not.toHaveBeenCalledWith(3_600_000, expect.anything());
  });
});

describe('the signal of a pool', () => {
  test('aborted before the start runs nothing', async () => {
    const all = entries(2);
    const reason = new Error('never mind');
    const results = await processes.pool(all, { signal: AbortSignal.abort(reason) }).start();
    expect(all.some((entry) => entry.launched)).toBe(false);
    expect(results.skipped).toEqual([0, 1]);
    expect(results).toMatchObject({ reason: 'cancelled', cause: reason });
  });

  test('aborted midway cancels what runs and skips the rest', async () => {
    const all = entries(3);
    const controller = new AbortController();
    const started = processes.pool(all, { signal: controller.signal, concurrency: 2 }).start();
    const reason = new Error('enough');
    controller.abort(reason);
    const results = await started;
    expect(results.collect().every((result) => result.cancelled)).toBe(true);
    expect(results.collect()[0]?.error?.cause).toBe(reason);
    expect(results.skipped).toEqual([2]);
    expect(() => results.throwIfAnyFailed()).toThrow(expect.objectContaining({ cause: reason }));
  });

  test('cancels also what a halt lets finish', async () => {
    const all = entries(2);
    const controller = new AbortController();
    const started = processes
      .pool(all, { signal: controller.signal, halt: { when: 'soon', fail: 1 } })
      .start();
    all[0]!.run.end({ exitCode: 1 });
    await settled();
    controller.abort();
    const results = await started;
    expect(results.collect()[1]?.cancelled).toBe(true);
    expect(results.reason).toBe('halted');
  });

  test('is listened to only while the pool runs', async () => {
    const { signal } = new AbortController();
    const listeners = new Set<unknown>();
    jest.spyOn(signal, 'addEventListener').mockImplementation((_type, listener) => {
      listeners.add(listener);
    });
    jest.spyOn(signal, 'removeEventListener').mockImplementation((_type, listener) => {
      listeners.delete(listener);
    });
    const [entry] = entries(1);
    const started = processes.pool([entry!], { signal }).start();
    expect(listeners.size).toBe(1);
    entry!.run.end();
    await started;
    expect(listeners.size).toBe(0);
  });
});

describe('stop', () => {
  test('stops everything at the same time, and skips what waits', async () => {
    const all = entries(4);
    const pool = processes.pool(all, { concurrency: 3 });
    const started = pool.start();
    for (const entry of all.slice(0, 3)) entry.run.obedient = false;
    const stopped = pool.stop(250);
    expect(all.slice(0, 3).map((entry) => entry.run.stops)).toEqual(
      Array.from({ length: 3 }, () => [{ grace: 250, signal: undefined }]),
    );
    for (const entry of all.slice(0, 3)) entry.run.end({ exitCode: null, signal: 'SIGTERM' });
    await stopped;
    expect(pool.running()).toHaveLength(0);
    const results = await started;
    expect(results.skipped).toEqual([3]);
    expect(results.reason).toBe('stopped');
  });

  test('during the start, from a callback, starts nothing more', async () => {
    const all = entries(5);
    const pool = processes.pool(all, {
      concurrency: 5,
      onProgress: () => {
        if (pool.running().length === 2) void pool.stop();
      },
    });
    const results = await pool.start();
    expect(all.filter((entry) => entry.launched)).toHaveLength(2);
    expect(results.skipped).toEqual([2, 3, 4]);
  });

  test('while an entry is being launched stops that one too', async () => {
    let stopped: Promise<void> | undefined;
    const last = new HandMadeEntry('last', () => {
      stopped = pool.stop('3s');
    });
    const pool: Pool = processes.pool([last, ...entries(1)]);
    const results = await pool.start();
    await stopped;
    expect(last.run.stops).toEqual([{ grace: '3s', signal: undefined }]);
    expect(results.skipped).toEqual([1]);
  });

  test('is harmless before the start, and after the end', async () => {
    const pool = processes.pool([ending()]);
    await pool.stop();
    const results = await pool.start();
    await pool.stop();
    await pool.kill();
    expect(results.successful()).toBe(true);
  });

  test('refuses a malformed grace before it does anything', async () => {
    const [entry] = entries(1);
    const pool = processes.pool([entry!]);
    const started = pool.start();
    await expect(pool.stop('soon' as never)).rejects.toThrow(InvalidArgumentError);
    expect(entry!.run.stops).toHaveLength(0);
    entry!.run.end();
    await started;
  });

  test('happens at the end of a block that disposes of the pool', async () => {
    const [entry] = entries(1);
    let started;
    {
      await using pool = processes.pool([entry!]);
      started = pool.start();
    }
    expect(entry!.run.stops).toHaveLength(1);
    expect((await started).reason).toBe('stopped');
  });
});

describe('kill', () => {
  test('kills at once what runs', async () => {
    const all = entries(3);
    const pool = processes.pool(all, { concurrency: 2 });
    const started = pool.start();
    await pool.kill();
    expect(all[0]!.run.stops).toEqual([{ grace: 0, signal: 'SIGKILL' }]);
    expect((await started).skipped).toEqual([2]);
  });

  test('kills also what is being stopped', async () => {
    const [entry] = entries(1);
    const pool = processes.pool([entry!]);
    const started = pool.start();
    entry!.run.obedient = false;
    const stopped = pool.stop('1h');
    const killed = pool.kill();
    expect(entry!.run.signals).toEqual(['SIGKILL']);
    entry!.run.end({ exitCode: null, signal: 'SIGKILL' });
    await Promise.all([stopped, killed, started]);
  });
});

describe('signal', () => {
  test('reaches what runs, and says how many that were', async () => {
    const all = entries(3);
    const pool = processes.pool(all, { concurrency: 2 });
    expect(pool.signal('SIGUSR1')).toBe(0);
    const started = pool.start();
    expect(pool.signal('SIGUSR1')).toBe(2);
    expect(all[0]!.run.signals).toEqual(['SIGUSR1']);
    expect(() => pool.signal('SIGNONSENSE' as NodeJS.Signals)).toThrow(InvalidArgumentError);
    await pool.stop();
    await started;
  });
});

describe('an entry that breaks its contract', () => {
  test('by throwing at its launch interrupts the pool', async () => {
    const all = entries(2);
    const error = new Error('not launchable after all');
    const broken = new HandMadeEntry('broken', () => {
      throw error;
    });
    const failure: unknown = await processes
      .pool([all[0]!, broken, all[1]!], { concurrency: 2 })
      .start()
      .catch((caught: unknown) => caught);
    expect(failure).toMatchObject({ origin: 'entry', cause: error });
    expect(all[0]!.run.stops).toHaveLength(1);
    expect(all[1]!.launched).toBe(false);
  });

  test('by an outcome that is rejected interrupts the pool', async () => {
    const error = new Error('no outcome');
    const broken = new HandMadeEntry('broken', (run) => {
      Object.assign(run, { outcome: Promise.reject(error) });
    });
    const failure: unknown = await processes
      .pool([broken])
      .start()
      .catch((caught: unknown) => caught);
    expect(failure).toMatchObject({ origin: 'entry', cause: error });
  });
});

describe('options that can not work', () => {
  test.each<[string, PoolOptions]>([
    ['a misspelt one', { maxProcess: 3 } as PoolOptions],
    ['one that does not exist', { journals: 'x' } as PoolOptions],
    ['two names of one', { maxProcesses: 1, concurrency: 1 }],
    ['two ways to halt', { failFast: true, halt: { when: 'now', fail: 1 } }],
    ['an unknown order', { order: 'random' as never }],
    ['a signal that is none', { signal: {} as never }],
    ['a signal that can not be looked at', { signal: unreadable() as never }],
    ['a callback that is none', { onProgress: 'x' as never }],
    ['a malformed timeout', { timeout: 'soon' as never }],
    ['options that are none', 3 as never],
    ['null for options', null as never],
    ['a list of options', [] as never],
    ['null for a journal', { journal: null as never }],
    ['a journal on another host', { journal: new URL('file://elsewhere/x') }],
    [
      'a journal with an option that does not exist',
      { journal: { path: 'x', paht: 'x' } as never },
    ],
    ['memory that is no size', { minFreeMemory: Object.create(null) as never }],
    ['places that are no number', { concurrency: Object.create(null) as never }],
    ['failFast that is no boolean', { failFast: 'no' as never }],
    [
      'a halt with an option that does not exist',
      { halt: { when: 'now', fail: 1, fial: 2 } as never },
    ],
    ['null for a signal', { signal: null as never }],
    ['null for a callback', { onProgress: null as never }],
    ['null for a halt', { halt: null as never }],
  ])('are refused when the pool is made: %s', (_what, options) => {
    expect(() => processes.pool([], options)).toThrow(InvalidArgumentError);
  });
});
