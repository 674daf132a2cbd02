import assert from 'node:assert';
import type { getEventListeners } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { IpcHub } from '@proc/ipc';
import {
  ClosureCaptureError,
  ItemFailedError,
  task,
  TaskCancelledError,
  type TaskContext,
  TaskTimedOutError,
  UncloneableValueError,
  WorkerCrashedError,
} from '../../../src/index.js';
import { StrayTaskError } from '../../../src/testing/index.js';
import { errorOf } from '../../support/error-of.js';
import { fakeApp } from '../../support/fake-app.js';
import { failure } from '../../support/pools.js';

const double = (value: number): number => value * 2;
const resize = (file: string, width: number): string => `${file} ${width}`;
const file = join(__dirname, '../../fixtures/tasks.cjs');

afterEach(() => {
  jest.useRealTimers();
});

describe('A faked task', () => {
  it.each(['process', 'thread', 'inline'] as const)(
    'comes to what its fake says, in a pool of kind %s, and nothing is started',
    async (kind) => {
      await using app = await fakeApp();
      app.fakes.fake({ resize: (name: string, width: number) => `fake ${name} ${width}` });
      const pool = app.workers.defaultPool(kind);

      expect(await pool.run(resize, 'a', 1)).toBe('fake a 1');
      expect(pool.stats()).toMatchObject({ kind, completed: 1 });
      expect(app.fakes.recorded()).toMatchObject([
        { name: 'resize', args: ['a', 1], kind, status: 'done', result: 'fake a 1', stray: false },
      ]);
    },
  );

  it('is a value, an error, a description or one of a sequence', async () => {
    await using app = await fakeApp();
    app.fakes.fake({
      double: app.fakes.sequence([7, new RangeError('no'), app.fakes.describe().returns(8)]),
    });
    const pool = app.workers.defaultProcessPool();

    expect(await pool.run(double, 1)).toBe(7);
    expect(await failure(pool.run(double, 1))).toBeInstanceOf(RangeError);
    expect(() => app.fakes.assertSequencesEmpty()).toThrow('"double": 1 left');
    expect(await pool.run(double, 1)).toBe(8);
    app.fakes.assertSequencesEmpty();
    expect(await failure(pool.run(double, 1))).toMatchObject({ name: 'TaskSequenceEmptyError' });
  });

  it('is found by exact names before wildcards, by RegExp, by module, and by what it is called with', async () => {
    await using app = await fakeApp();
    const { fakes, workers } = app;
    fakes.fake({ dou: 0, 'dou*': 1, double: 2, '*': 3 });
    const pool = workers.defaultProcessPool();
    const inModule = task<typeof double>(file, 'double');
    expect(await pool.run(double, 1)).toBe(2);
    expect(await pool.with({ name: 'doubt' }).run(double, 1)).toBe(1);
    expect(await pool.with({ name: 'other' }).run(double, 1)).toBe(3);
    fakes.fake([
      [/^oth/, 4],
      [({ args: [value] }) => value === 5, 5],
    ]);
    expect(await pool.with({ name: 'other' }).run(double, 1)).toBe(4);
    expect(await pool.run(double, 5)).toBe(5);
    fakes.fake(new Map([[inModule, 6]]));
    expect(await pool.run(inModule, 1)).toBe(6);
    expect(await pool.run(double, 1)).toBe(2);
    fakes.fake((name, args) => `${name} ${args.join()}`);
    expect(await pool.run(resize, 'a', 1)).toBe('resize a,1');
  });

  it('that is slow goes by the timers of the test, and really runs in the end', async () => {
    await using app = await fakeApp();
    app.fakes.fake({ double: app.fakes.describe().emit('begun').delay('1h').runs() });
    jest.useFakeTimers();
    const heard: unknown[] = [];
    const begun = new Promise<void>((resolve) => {
      const pool = app.workers.defaultThreadPool();
      const listener = (value: unknown) => {
        heard.push(value);
        resolve();
      };
      heard.push(pool.with({ onEmit: listener }).submit(double, 4).result);
    });
    await begun;
    for (let turn = 0; turn < 10; turn += 1) await setImmediate();
    expect(app.fakes.recorded()).toMatchObject([{ status: 'running' }]);
    jest.advanceTimersByTime(3_600_000);

    expect(await heard[0]).toBe(8);
    expect(heard[1]).toBe('begun');
  });

  it('that takes its time listens to its signal for no longer, and heeds one that has aborted', async () => {
    await using app = await fakeApp();
    const { fakes, workers } = app;
    const slow = fakes.describe().delay(1).delay(1).delay(1).runs();
    fakes.fake({ listeners: slow, stopped: fakes.describe().emit('begun').delay('1h').runs() });
    const pool = workers.inlinePool({ size: 1, grace: '1h' });
    const listeners = ({ signal, require }: TaskContext): number =>
      (require('node:events') as { getEventListeners: typeof getEventListeners }).getEventListeners(
        signal,
        'abort',
      ).length;
    expect(await pool.run(listeners)).toBe(0);

    const stopped = (): void => undefined;
    const handle = pool.with({ onEmit: () => void handle.cancel() }).submit(stopped);
    expect(await failure(handle.result)).toBeInstanceOf(TaskCancelledError);
    // The worker is free: what stood in for the function has ended.
    expect(await pool.run(double, 2)).toBe(4);
  });

  it('that crashes takes its worker along, and is tried again where asked for', async () => {
    await using app = await fakeApp();
    const { fakes, workers } = app;
    const crash = fakes.describe().crashes({ signal: 'SIGKILL', stderr: 'out of luck' });
    fakes.fake({ double: fakes.sequence([crash]).whenEmpty(9) });
    const pool = workers.processPool({ size: 1 });

    const error = await failure(pool.run(double, 1));
    expect(error).toBeInstanceOf(WorkerCrashedError);
    expect(error).toMatchObject({ signal: 'SIGKILL', exitCode: null, stderr: 'out of luck' });
    expect(pool.stats()).toMatchObject({ crashed: 1 });
    fakes.fake({ double: fakes.sequence([fakes.describe().crashes(), 9]) });
    expect(await pool.with({ retry: { times: 1, on: ['crash'], delay: 0 } }).run(double, 2)).toBe(
      9,
    );
    expect(fakes.recorded().map(({ status, attempt }) => [status, attempt])).toEqual([
      ['crashed', 1],
      ['crashed', 1],
      ['done', 2],
    ]);
  });

  it('that times out does so at once, and only where there is a limit', async () => {
    await using app = await fakeApp();
    const { fakes, workers } = app;
    fakes.fake({ double: fakes.describe().timesOut() });
    const pool = workers.defaultProcessPool();

    const handle = pool.with({ timeout: '1h' }).submit(double, 1);
    expect(await failure(handle.result)).toMatchObject({ limit: 'timeout', limitMs: 3_600_000 });
    expect(await failure(handle.result)).toBeInstanceOf(TaskTimedOutError);
    expect(handle.status).toBe('timedOut');
    expect(await failure(pool.run(double, 1))).toMatchObject({
      message: expect.stringContaining('has no timeout'),
    });
    expect(fakes.recorded().map(({ status }) => status)).toEqual(['timedOut', 'failed']);
  });

  it('that hangs is ended by whoever cancels it', async () => {
    await using app = await fakeApp();
    const { fakes, workers } = app;
    let begun: () => void = () => undefined;
    const running = new Promise<void>((resolve) => (begun = resolve));
    const hanging = fakes.describe().emit('here').hangs();
    fakes.fake({ double: hanging });
    const pool = workers.processPool({ size: 1 });
    const handle = pool.with({ grace: 0, onEmit: () => begun() }).submit(double, 1);
    await running;
    expect(fakes.recorded()).toMatchObject([{ status: 'running' }]);

    handle.cancel();

    expect(await failure(handle.result)).toBeInstanceOf(TaskCancelledError);
    expect(fakes.recorded()).toMatchObject([{ status: 'cancelled' }]);
    fakes.fake({ double: 5 });
    expect(await pool.run(double, 1)).toBe(5);
  });
});

describe('Work on many items, with fakes', () => {
  it('asks the fake for each item, and records each', async () => {
    await using app = await fakeApp();
    const { fakes, processes } = app;
    fakes.fake({
      double: (value: number, { index }: TaskContext & { index: number }) => value + index,
    });

    expect(await processes.map([10, 20, 30], double)).toEqual([10, 21, 32]);
    fakes.assertRanTimes('double', 3).assertRanWith('double', 20);
    expect(fakes.recorded().map(({ args, index }) => [...args, index])).toEqual([
      [10, 0],
      [20, 1],
      [30, 2],
    ]);
    fakes.fake({ isEven: (value: number) => value === 1 });
    const isEven = (value: number): boolean => value % 2 === 0;
    expect(await processes.filter([1, 2], isEven)).toEqual([1]);
    expect(await processes.some([2], isEven)).toBe(false);
    expect(
      await processes.tasks([
        [double, 5],
        [resize, 'a', 1],
      ]),
    ).toEqual([expect.any(Number), 'a 1']);
  });

  it('fakes what a task runs in its own worker, too', async () => {
    await using app = await fakeApp();
    const { fakes, processes } = app;
    fakes.fake({ double: 5, outer: () => processes.map([1, 2], double) });
    const outer = (value: number): number[] => [value];

    expect(await processes.map([1], outer)).toEqual([[5, 5]]);
    fakes.assertRanInOrder(['outer', 'double', 'double']);
  });

  it('fails as production does, with the index of the item', async () => {
    await using app = await fakeApp();
    app.fakes.fake({ double: app.fakes.sequence([1, new RangeError('no')]) });

    const error = await failure(app.processes.map([1, 2, 3], double).then());
    expect(error).toBeInstanceOf(ItemFailedError);
    expect(error).toMatchObject({ index: 1, cause: { name: 'RangeError', message: 'no' } });
  });
});

describe('A faked fork', () => {
  it('returns, throws, crashes and is ended as a process does', async () => {
    await using app = await fakeApp();
    const { fakes, processes } = app;
    fakes.fake({
      double: fakes.sequence([
        7,
        new RangeError('no'),
        fakes.describe().crashes({ exitCode: 3, stderr: 'oh' }),
        fakes.describe().hangs(),
      ]),
    });

    const first = processes.fork(double, [1]);
    expect([await first.wait(), await first.result(), first.exitCode]).toEqual([0, 7, 0]);
    const second = processes.fork(double, [1]);
    expect(await second.wait()).toBe(1);
    expect(await failure(second.result())).toBeInstanceOf(RangeError);
    const third = processes.fork(double, [1]);
    expect(await third.wait()).toBe(3);
    expect([await failure(third.result()), third.errorOutput()]).toEqual([
      expect.objectContaining({ name: 'ForkEndedError' }),
      'oh',
    ]);
    const fourth = await processes.fork(double, [1]).start();
    expect(fourth.isRunning()).toBe(true);
    fourth.kill();
    expect([await fourth.wait(), fourth.isRunning()]).toEqual([null, false]);
    fakes.assertRanTimes(({ kind }) => kind === 'fork', 4);
  });

  it('has the connection that it would have', async () => {
    await using app = await fakeApp();
    const child = app.processes.fork(
      async (by: number, context?: TaskContext) => {
        const ipc = context?.ipc;
        if (ipc === undefined) throw new Error('not connected');
        await ipc.lock('held').acquire();
        return ipc.value('sum', { type: 'i32', initial: 1 }).increment(by);
      },
      [41],
    );
    expect(await child.result()).toBe(42);
    const hub = app.workers.hub();
    assert(hub instanceof IpcHub);
    expect(hub.sessions).toEqual([]);
    const lock = hub.stats().primitives.find(({ name }) => name === 'held');
    expect(lock).toMatchObject({ holders: [], details: { abandoned: true } });
  });

  it('tells of what its function emits, while it runs', async () => {
    await using app = await fakeApp();
    const heard: unknown[] = [];
    const child = app.processes.fork(async (context?: TaskContext) => {
      context?.emit({ begun: true });
      await context?.ipc.event('heard').wait();
      return 'done';
    });
    child.onEmit((value) => {
      heard.push(value);
      void app.processes.fork((context?: TaskContext) => context?.ipc.event('heard').set()).wait();
    });
    await expect(child.result()).resolves.toBe('done');
    expect(heard).toEqual([{ begun: true }]);
  });

  it('really runs in this thread what is not faked', async () => {
    await using app = await fakeApp();
    const child = app.processes.fork(double, [21]);
    expect(await child.result()).toBe(42);
    expect(app.fakes.recorded()).toMatchObject([{ name: 'double', kind: 'fork', stray: true }]);
  });
});

describe('As in production', () => {
  it('a function that captures is refused before anything', async () => {
    await using app = await fakeApp();
    const rate = 2;
    const priced = (value: number): number => value * rate;
    app.fakes.fake({ priced: 1 });
    const pool = app.workers.defaultProcessPool();
    expect(errorOf(() => pool.submit(priced, 1))).toBeInstanceOf(ClosureCaptureError);
    expect(errorOf(() => app.processes.map([1], priced))).toBeInstanceOf(ClosureCaptureError);
    app.fakes.assertNothingRan();
  });

  it.each(['process', 'thread'] as const)(
    'values are copied, or refused, in a pool of kind %s',
    async (kind) => {
      await using app = await fakeApp();
      const given = { list: [1] };
      let got: unknown;
      const keep = (value: object): object => value;
      app.fakes.fake({
        keep: (value: { list: number[] }) => {
          got = value;
          value.list.push(2);
          return value;
        },
      });
      const pool = app.workers.defaultPool(kind);

      const back = await pool.run(keep, given);
      expect(given).toEqual({ list: [1] });
      expect(got).not.toBe(given);
      expect(back).toEqual({ list: [1, 2] });
      expect(back).not.toBe(got);
      app.fakes.assertRanWith('keep', { list: [1] });
      expect(await failure(pool.run(keep, { fn: double }))).toBeInstanceOf(UncloneableValueError);
      app.fakes.fake({ keep: () => double });
      expect(await failure(pool.run(keep, {}))).toBeInstanceOf(UncloneableValueError);
    },
  );

  it('shared memory stays shared in threads, and is refused for processes', async () => {
    await using app = await fakeApp();
    const fill = (memory: SharedArrayBuffer): void => void new Uint8Array(memory).fill(1);
    app.fakes.fake({ fill: (memory: SharedArrayBuffer) => void new Uint8Array(memory).fill(9) });
    const shared = new SharedArrayBuffer(1);
    await app.workers.defaultThreadPool().run(fill, shared);
    expect(new Uint8Array(shared)[0]).toBe(9);
    const processes = app.workers.defaultProcessPool();
    expect(await failure(processes.run(fill, shared))).toBeInstanceOf(UncloneableValueError);
    const fillView = (view: Uint8Array): void => void view.fill(1);
    const refused = failure(processes.run(fillView, new Uint8Array(shared)));
    expect(await refused).toBeInstanceOf(UncloneableValueError);
  });
});

describe('Stray tasks', () => {
  it('run in this thread, and are recorded as such', async () => {
    await using app = await fakeApp();
    expect(await app.workers.defaultProcessPool().run(double, 2)).toBe(4);
    expect(app.fakes.recorded()).toMatchObject([{ stray: true, status: 'done', result: 4 }]);
  });

  it('fail where they are prevented, also where the error is swallowed', async () => {
    await using app = await fakeApp();
    const { fakes, workers } = app;
    fakes.fake({ resize: 1 }).preventStrayTasks().allowStrayTasks(['fine']);
    const pool = workers.defaultProcessPool();
    const error = await failure(pool.run(double, 2));
    expect(error).toBeInstanceOf(StrayTaskError);
    expect(error.message).toBe(
      'Attempted task double(2) without a matching fake.\nRegistered: "resize".\n' +
        "To fake it:\n  fakes.fake({ double: () => '…' })",
    );
    expect(await pool.with({ name: 'fine' }).run(double, 2)).toBe(4);
    expect(() => fakes.assertNoStrays()).toThrow('Stray tasks were prevented');
    expect(fakes.acknowledgeStrays()).toMatchObject([{ taskName: 'double' }]);
    fakes.assertNoStrays().allowStrayTasks();
    expect(await pool.run(double, 2)).toBe(4);
  });
});
