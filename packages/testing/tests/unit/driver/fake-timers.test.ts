import 'reflect-metadata';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import {
  ExpectationError,
  ProcessCancelledError,
  ProcessTimedOutError,
  type Application,
  type ProcessManager,
  type ProcessResult,
} from '@proc/core';
import { testingManager } from '../../support/testing-manager.js';

const MINUTE = 60_000;

describe('with fake timers', () => {
  let app: Application;
  let processes: ProcessManager;

  beforeEach(async () => {
    ({ app, processes } = await testingManager());
    jest.useFakeTimers();
  });

  afterEach(async () => {
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
    await app.shutdown();
  });

  /** Tells, without waiting, what a promise has come to. */
  const watch = <Value>(promise: Promise<Value>): { value?: Value; error?: unknown } => {
    const seen: { value?: Value; error?: unknown } = {};
    promise.then(
      (value) => (seen.value = value),
      (error: unknown) => (seen.error = error),
    );
    return seen;
  };

  it('retries come when their delays have passed, and not before', async () => {
    processes.fake({ flaky: processes.sequence([1, 1, 'done']) });
    const run = watch(processes.command('flaky').retry({ times: 2, delay: '1m', factor: 2 }).run());

    await jest.advanceTimersByTimeAsync(MINUTE - 1);
    processes.assertRanTimes('flaky', 1);
    await jest.advanceTimersByTimeAsync(1);
    processes.assertRanTimes('flaky', 2);
    await jest.advanceTimersByTimeAsync(2 * MINUTE - 1);
    processes.assertRanTimes('flaky', 2);
    await jest.advanceTimersByTimeAsync(1);

    expect(run.value).toMatchObject({ stdout: 'done\n', attempts: 3 });
  });

  it('retries without a delay need no time', async () => {
    processes.fake({ flaky: processes.sequence([1, 1, 'done']) });
    expect(await processes.command('flaky').retry(2).run()).toMatchObject({ attempts: 3 });
  });

  it('a single leap of time is enough for a whole run', async () => {
    processes.fake({
      flaky: processes.sequence([
        processes.describe().output('a').delay('5s').exitCode(1),
        processes.describe().output('b').delay('1h'),
        processes.describe().delay('5s').output('c').delay('5s'),
      ]),
    });
    const run = watch(processes.command('flaky').timeout('30s').retry(2, '1m').run());
    await jest.advanceTimersByTimeAsync(10 * MINUTE);
    expect(run.value).toMatchObject({ stdout: 'c\n', attempts: 3, durationMs: 10_000 });
  });

  it('a timeout is followed by its grace', async () => {
    processes.fake({ stuck: processes.describe().output('up').ignoresSignals().delay('9h') });
    const run = watch(processes.command('stuck').timeout('1m').grace('10s').run());
    await jest.advanceTimersByTimeAsync(MINUTE + 9_999);
    expect(run).toEqual({});
    processes.assertSignalled('stuck', 'SIGTERM');
    await jest.advanceTimersByTimeAsync(1);
    expect(ProcessTimedOutError.is(run.error)).toBe(true);
    expect((run.error as ProcessTimedOutError).result).toMatchObject({
      signal: 'SIGKILL',
      durationMs: 70_000,
    });
  });

  it('a wait for output has its own time', async () => {
    processes.fake({ silent: processes.describe().delay('10m').output('ready').delay('1m') });
    const process = await processes.start('silent');
    const early = watch(process.expect('ready', '1m'));
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect(ExpectationError.is(early.error)).toBe(true);
    const late = watch(process.waitUntil('ready', '10m'));
    await jest.advanceTimersByTimeAsync(9 * MINUTE);
    expect(late.value).toMatchObject({ stdout: 'ready\n', exitCode: null });
    await jest.advanceTimersByTimeAsync(MINUTE);
    expect((await process.wait()).exitCode).toBe(0);
  });

  it('aborts and delays of callbacks go by the same clock', async () => {
    processes.fake({ serve: processes.describe().output('up').delay('1h') });
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('late')), MINUTE);
    const chunks: string[] = [];
    const run = watch(
      processes
        .command('serve')
        .abortWith(controller.signal)
        .run(async (_, chunk) => {
          await new Promise((resolve) => setTimeout(resolve, 30_000));
          chunks.push(chunk);
        }),
    );
    await jest.advanceTimersByTimeAsync(30_000);
    expect([chunks, run]).toEqual([['up\n'], {}]);
    await jest.advanceTimersByTimeAsync(30_000);
    expect(ProcessCancelledError.is(run.error)).toBe(true);
  });

  it('output that is held open is waited for as long as in production', async () => {
    processes.fake({ daemon: processes.describe().output('started').holdsOutputOpen() });
    const run = watch<ProcessResult>(processes.run('daemon'));
    await jest.advanceTimersByTimeAsync(249);
    expect(run).toEqual({});
    await jest.advanceTimersByTimeAsync(1);
    expect(run.value).toMatchObject({ stdout: 'started\n', outputHeldOpen: true });
  });

  it('code that plays a program may wait too', async () => {
    processes.fake({
      count: processes.describe().perform(async (child) => {
        for (const number of [1, 2, 3]) {
          await child.write('out', `${number}\n`);
          await new Promise((resolve) => setTimeout(resolve, 1000));
        }
        return 4;
      }),
    });
    const run = watch(processes.run('count'));
    await jest.advanceTimersByTimeAsync(3000);
    expect(run.value).toMatchObject({ stdout: '1\n2\n3\n', exitCode: 4, durationMs: 3000 });
  });
});
