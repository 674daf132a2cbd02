import { inspect } from 'node:util';
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals';
import {
  CommandNotFoundError,
  OutputCallbackError,
  ProcessCancelledError,
  ProcessFailedError,
  secret,
} from '@proc/core';
import { PoolFailedError, PoolInterruptedError, PoolTimedOutError, type PoolKey } from '@proc/pool';
import { processManager } from '../support/process-manager.js';
import { printing, Readiness, waiting } from '../support/programs.js';

const processes = processManager();

// Hundreds of programs take their time on a busy machine.
jest.setTimeout(60_000);

afterEach(() => {
  expect(processes.activeProcesses).toEqual([]);
});

afterAll(() => processes.shutdown());

describe('a pool of real processes', () => {
  test('gives each entry its own output, in the order of the entries', async () => {
    const [first, second] = await processes.concurrently([printing('one'), printing('two')]);
    expect(first?.output()).toBe('one');
    expect(second?.output()).toBe('two');
  });

  test('is failed by one member, while the others stay successful', async () => {
    const results = await processes
      .pool({ good: printing('fine'), bad: printing('', 'oh no\n', 3) })
      .start();
    expect(results.failed()).toBe(true);
    expect(results.get('good')?.successful()).toBe(true);
    expect(results.get('bad')?.exitCode).toBe(3);
    const failure = (): unknown => results.throwIfAnyFailed();
    expect(failure).toThrow(PoolFailedError);
    expect(failure).toThrow(/- "bad": .*exit code 3.*\n {4}oh no/);
  });

  test('tells the callback type and key of each chunk', async () => {
    const heard: [string, string, PoolKey][] = [];
    await processes
      .pool((pool) => {
        pool.as('loud').command(printing('out', 'err'));
        pool.command(printing('quiet')).quietly();
      })
      .start((type, chunk, key) => {
        heard.push([type, chunk, key]);
      });
    expect(heard).toHaveLength(3);
    expect(heard).toEqual(
      expect.arrayContaining([
        ['out', 'out', 'loud'],
        ['err', 'err', 'loud'],
        ['out', 'quiet', 1],
      ]),
    );
  });

  test('is failed by a quiet member, whose throw raises the usual error', async () => {
    const results = await processes
      .pool((pool) =>
        pool
          .as('quiet')
          .command(printing('x', 'y', 1))
          .quietly(),
      )
      .start();
    expect(results.failed()).toBe(true);
    expect(results.get('quiet')?.output()).toBe('');
    expect(() => results.get('quiet')?.throw()).toThrow(ProcessFailedError);
  });

  test('has a result also for what could not be started, and goes on', async () => {
    const results = await processes
      .pool([['no-such-program-anywhere'], { command: 'true', cwd: '/no/such' }, printing('fine')])
      .start();
    const [missing, elsewhere, fine] = results;
    expect(CommandNotFoundError.is(missing?.error)).toBe(true);
    expect(elsewhere?.error?.code).toBe('ERR_PROC_WORKING_DIRECTORY');
    expect(fine?.successful()).toBe(true);
    expect(() => results.throwIfAnyFailed()).toThrow(/ERR_PROC_COMMAND_NOT_FOUND/);
  });

  test('starts the next entry when one has ended', async () => {
    const ready = new Readiness();
    const pool = processes.pool(
      Array.from({ length: 3 }, () => waiting()),
      { maxProcesses: 2 },
    );
    const started = pool.start(ready.onOutput);
    await ready.of(0, 1);
    expect(pool.running().map(({ key }) => key)).toEqual([0, 1]);
    expect(pool.running()[0]?.pid).toBeGreaterThan(0);
    pool.running()[1]?.signal('SIGUSR2');
    await ready.of(2);
    expect(pool.running().map(({ key }) => key)).toEqual([0, 2]);
    expect(pool.signal('SIGUSR2')).toBe(2);
    expect((await started).successCount).toBe(3);
  });

  test('runs a long list of commands that is made while it runs', async () => {
    const commands = function* (): Generator<string[]> {
      for (let index = 0; index < 300; index += 1) yield ['sh', '-c', `exit ${index % 2}`];
    };
    const results = await processes.pool(commands(), { concurrency: 4 }).start();
    expect(results.total).toBe(300);
    expect(results.failureCount).toBe(150);
    expect(results.collect().map(({ exitCode }) => exitCode)).toEqual(
      Array.from({ length: 300 }, (_, index) => index % 2),
    );
  });

  test('ends only the entry whose chunk the callback throws at', async () => {
    const error = new Error('can not print that');
    const results = await processes
      .pool({ bad: waiting(), good: printing('fine') })
      .start((_type, _chunk, key) => {
        if (key === 'bad') throw error;
      });
    expect(OutputCallbackError.is(results.get('bad')?.error)).toBe(true);
    expect(results.get('bad')?.error?.cause).toBe(error);
    expect(results.get('good')?.successful()).toBe(true);
  });
});

describe('ending a pool of real processes', () => {
  test('by stop takes one grace for all, and SIGKILL for those that ignore it', async () => {
    const ready = new Readiness();
    const all = [waiting({ stubborn: true }), waiting(), waiting({ stubborn: true }), waiting()];
    const pool = processes.pool(all, { concurrency: 3 });
    const started = pool.start(ready.onOutput);
    await ready.of(0, 1, 2);
    await pool.stop(50);
    const results = await started;
    expect(results.collect().map(({ signal }) => signal)).toEqual([
      'SIGKILL',
      'SIGTERM',
      'SIGKILL',
    ]);
    expect(results.skipped).toEqual([3]);
  });

  test('by kill does not ask', async () => {
    const ready = new Readiness();
    const pool = processes.pool([waiting({ stubborn: true })]);
    const started = pool.start(ready.onOutput);
    await ready.of(0);
    await pool.kill();
    expect((await started).collect()[0]?.signal).toBe('SIGKILL');
  });

  test('by kill, while a stop gives it time, does not wait for that time', async () => {
    const ready = new Readiness();
    const pool = processes.pool([waiting({ stubborn: true })]);
    const started = pool.start(ready.onOutput);
    await ready.of(0);
    const stopped = pool.stop('1h');
    await pool.kill();
    await stopped;
    expect((await started).collect()[0]?.signal).toBe('SIGKILL');
  });

  test('right after the start leaves nothing behind', async () => {
    const pool = processes.pool([waiting(), waiting(), waiting()], { concurrency: 2 });
    const started = pool.start();
    await pool.stop();
    const results = await started;
    expect(results.collect()).toHaveLength(2);
    expect(results.skipped).toEqual([2]);
  });

  test('at the end of a block leaves nothing behind', async () => {
    const ready = new Readiness();
    let started;
    {
      await using pool = processes.pool([waiting()]);
      started = pool.start(ready.onOutput);
      await ready.of(0);
    }
    expect(processes.activeProcesses).toEqual([]);
    expect((await started).reason).toBe('stopped');
  });

  test('by an abort cancels what runs', async () => {
    const ready = new Readiness();
    const controller = new AbortController();
    const pool = processes.pool([waiting(), waiting()], {
      signal: controller.signal,
      concurrency: 1,
    });
    const started = pool.start(ready.onOutput);
    await ready.of(0);
    const reason = new Error('changed my mind');
    controller.abort(reason);
    const results = await started;
    const [result] = results;
    expect(ProcessCancelledError.is(result?.error)).toBe(true);
    expect(result?.error?.cause).toBe(reason);
    expect(results.skipped).toEqual([1]);
  });

  test('by its timeout cancels what runs', async () => {
    const results = await processes.pool([waiting()], { timeout: 300 }).start();
    const [result] = results;
    expect(result?.cancelled).toBe(true);
    expect(PoolTimedOutError.is(result?.error?.cause)).toBe(true);
    expect(results.reason).toBe('timedOut');
  });

  test('at the first failure ends also what would be tried again', async () => {
    const ready = new Readiness();
    const pool = processes.pool(
      (builder) => {
        builder.as('patient').command(waiting()).retry(5);
        builder.as('hasty').command(printing('', '', 1));
      },
      { failFast: true },
    );
    const results = await pool.start(ready.onOutput);
    expect(results.get('patient')).toMatchObject({ reason: 'stopped', attempts: 1 });
  });
});

describe('a secret of an entry', () => {
  test.each(['grouped', 'ordered'] as const)(
    'does not show in the error of a callback that quotes its output (%s)',
    async (order) => {
      const value = 'swordfish-42';
      const pool = processes.pool(
        (builder) => {
          builder.command(['cat']).input(['a ', secret(value)]);
        },
        { order },
      );
      const error: unknown = await pool
        .start((_type, chunk) => {
          throw new TypeError(`What is ${chunk}?`);
        })
        .catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(PoolInterruptedError);
      expect(inspect(error, { depth: 9 })).toContain('What is a [secret]?');
      expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(value);
    },
  );
});

describe('the timeout of an entry', () => {
  test('is a result with its typed error, and leaves the others alone', async () => {
    const results = await processes
      .pool((pool) => {
        pool.as('late').command(waiting()).timeout(300);
        pool.as('fine').command(printing('fine'));
      })
      .start();
    expect(results.get('late')).toMatchObject({ timedOut: true, reason: 'timedOut' });
    expect(results.get('late')?.error?.code).toBe('ERR_PROC_TIMED_OUT');
    expect(results.get('fine')?.successful()).toBe(true);
  });
});
