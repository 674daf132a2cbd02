import { AsyncLocalStorage } from 'node:async_hooks';
import { inspect } from 'node:util';
import { describe, expect, it, jest } from '@jest/globals';
import type { TaskContext } from '../../src/contracts/task-context.js';
import { RemoteError } from '../../src/errors/remote-error.js';
import { TaskCancelledError } from '../../src/errors/task-cancelled-error.js';
import { TaskLoadError } from '../../src/errors/task-load-error.js';
import { UncloneableValueError } from '../../src/errors/uncloneable-value-error.js';
import { transfer } from '../../src/functions/transfer.js';
import type { ItemContext } from '../../src/parallel/item-function.js';
import { parallelOn } from '../support/parallel-on.js';
import type { TaskIdentity } from '../../src/events/task-events.js';
import { failure, KINDS, makePool, until } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { work } from '../support/work.js';

describe.each(KINDS)('A pool of the kind %s', (kind) => {
  it('runs functions, also those that come by their text', async () => {
    const pool = makePool(kind, { size: 1 });
    expect(await pool.run(work('add'), 1, 2)).toBe(3);
    expect(await pool.run((a: number, b: number) => a * b, 6, 7)).toBe(42);
    expect(await pool.with({ with: { rate: 3 } }).run((n: number) => n * 2, 4)).toBe(8);
  });

  it('tells all that can be said with a task to whom says something else', () => {
    const pool = makePool(kind, { size: 1 });
    expect(() => pool.with({ timout: '1s' } as object)).toThrow(
      /Did you mean "timeout"\? .* onEmit, with, capture\.$/,
    );
    expect(() => pool.with(undefined as never)).toThrow(
      'Options of a task are given as an object.',
    );
  });

  it('gives results to whom they belong, whatever order tasks end in', async () => {
    const pool = makePool(kind, { size: 2, concurrency: 4 });
    const times = [30, 1, 20, 5, 0, 12, 3, 8];
    const results = await Promise.all(times.map((ms, index) => pool.run(work('sleep'), ms, index)));
    expect(results).toEqual(times.map((_, index) => index));
  });

  it('gives a handle that tells where the task is', async () => {
    const pool = makePool(kind, { size: 1 });
    const handle = pool.submit(work('echo'), 'x');
    expect(handle.status).toBe('queued');
    expect(handle.id).toBe(`${pool.id}:1`);
    expect(inspect(handle)).not.toContain('args');
    expect(await handle.result).toBe('x');
    expect(handle.status).toBe('done');
    expect(handle.workerId).toBe(1);
    expect(handle.name).toBe('echo');
    const failing = pool.submit(work('fail'), 'no');
    await failure(failing.result);
    expect(failing.status).toBe('failed');
  });

  it('tells that a task runs, and where', async () => {
    const pool = makePool(kind, { size: 1 });
    let emitted = false;
    const handle = pool
      .with({ onEmit: () => (emitted = true), timeout: '1m', grace: 0 })
      .submit(work('ignore'));
    await until(() => emitted);
    expect(handle.status).toBe('running');
    expect(handle.pid === undefined).toBe(kind === 'thread');
    expect(handle.threadId === undefined).toBe(kind !== 'thread');
    expect(handle.cancel('enough')).toBe(true);
    expect(handle.status).toBe('cancelled');
    const error = await failure(handle.result);
    expect(TaskCancelledError.is(error)).toBe(true);
    expect(error.cause).toBe('enough');
    expect(handle.cancel()).toBe(false);
  });

  it('gives a task its context', async () => {
    const pool = makePool(kind, { size: 1, setup: work('setUp'), setupData: 'db' });
    const handle = pool.submit(work('context'));
    expect(await handle.result).toEqual({
      taskId: handle.id,
      workerId: 1,
      attempt: 1,
      depth: 1,
      setup: { opened: 'db' },
    });
  });

  it('rejects with the error of the task: name, message, code, cause and properties', async () => {
    const pool = makePool(kind, { size: 1 });
    const error = await failure(pool.run(work('fail'), 'broken'));
    expect(error).toMatchObject({ name: 'RangeError', message: 'broken', code: 'E_TEST' });
    expect(error.cause).toMatchObject({ name: 'TypeError', message: 'inner' });
    expect(error.stack).toContain('work.cjs');
    const text = await failure(pool.run(work('throwText')));
    expect(text).toBeInstanceOf(RemoteError);
    expect(text).toHaveProperty('thrown', 'a text');
    expect((await failure(pool.run(work('rejectLater')))).message).toBe('later');
  });

  it('fails only the task whose value can not be copied, and names the part', async () => {
    const pool = makePool(kind, { size: 1 });
    const before = pool.run(work('add'), 1, 1);
    const argument = failure(pool.run(work('echo'), { rows: [{ fn: () => 1 }] }));
    const result = failure(pool.run(work('uncloneable')));
    const after = pool.run(work('add'), 2, 2);
    expect(await argument).toBeInstanceOf(UncloneableValueError);
    expect((await argument).message).toContain('argument[0].rows[0].fn');
    expect(await result).toBeInstanceOf(UncloneableValueError);
    expect((await result).message).toContain('result.rows[1].done');
    expect([await before, await after]).toEqual([2, 4]);
    expect(pool.stats().crashed).toBe(0);
  });

  it('refuses to send a running task what can not be copied, and the task goes on', async () => {
    const pool = makePool(kind, { size: 1 });
    const handle = pool.submit(work('converse'));
    await new Promise((resolve) => handle.onEmit(resolve));
    expect(() => {
      handle.send({ fn: () => 1 });
    }).toThrow(UncloneableValueError);
    handle.send('again');
    expect(await handle.result).toBe('heard again');
    expect(pool.stats().inFlight).toBe(0);
  });

  it('can not be made with data for `setup` that can not be copied', () => {
    const options = { setup: work('setUp'), setupData: { db: () => 1 } };
    expect(() => makePool(kind, options)).toThrow(UncloneableValueError);
    expect(() => makePool(kind, options)).toThrow('setupData.db');
  });

  it('survives arguments and results whose parts can not be read', async () => {
    const pool = makePool(kind, { size: 1 });
    const odd = {
      get part() {
        throw new RangeError('unreadable');
      },
      buffer: transfer(new ArrayBuffer(1)),
    };
    const error = await failure(pool.run(work('echo'), odd));
    expect(error).toBeInstanceOf(UncloneableValueError);
    expect(error.message).toContain('argument[0].part');
    expect((await failure(pool.run(work('oddThen')))).message).toBe('odd');
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });

  it('keeps a function known to the worker when the task that brought it could not be sent', async () => {
    const pool = makePool(kind, { size: 1 });
    await pool.run(work('noop'));
    const first = failure(pool.run(work('echo'), () => 1));
    const second = pool.run(work('echo'), 'fine');
    expect(await first).toBeInstanceOf(UncloneableValueError);
    expect(await second).toBe('fine');
  });

  it('rejects what can not be loaded, and names what there is', async () => {
    const pool = makePool(kind, { size: 1 });
    const error = await failure(pool.run(work('nonsense')));
    expect(error).toBeInstanceOf(TaskLoadError);
    expect(error.message).toMatch(
      /work\.cjs has no export "nonsense"\. Its functions: add, echo, /,
    );
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });

  it('carries what a task emits, in order and before the result, and what it is sent', async () => {
    const pool = makePool(kind, { size: 1 });
    const heard: unknown[] = [];
    const options = { onEmit: (value: unknown) => heard.push(value) };
    await pool.with(options).run(work('emitAll'), [1, 'two', { three: 3 }]);
    expect(heard).toEqual([1, 'two', { three: 3 }]);
    const handle = pool.submit(work('converse'));
    handle.onEmit(() => {
      handle.send('hello');
    });
    expect(await handle.result).toBe('heard hello');
  });

  it('gives a task parts of its context that work by themselves', async () => {
    const pool = makePool(kind, { size: 1 });
    const handle = pool.submit(
      (value: number, { emit, onMessage }: TaskContext) =>
        new Promise((resolve) => {
          onMessage(resolve);
          emit(value);
        }),
      7,
    );
    handle.onEmit((value) => {
      handle.send([value]);
    });
    expect(await handle.result).toEqual([7]);
    const items: unknown[] = [];
    await parallelOn(pool).forEach([1], (value, { emit }: ItemContext) => emit(value), {
      onEmit: (value) => items.push(value),
    });
    expect(items).toEqual([1]);
  });

  it('survives a listener that throws', async () => {
    const pool = makePool(kind, { size: 1 });
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const options = {
      onEmit: () => {
        throw new Error('listener');
      },
    };
    expect(await pool.with(options).run(work('emitAll'), [1])).toBe('emitted');
    expect(warn).toHaveBeenCalledWith(
      expect.stringContaining('failed: listener'),
      expect.objectContaining({ code: 'PROC_LISTENER_FAILED' }),
    );
  });

  it('settles every task when whoever is told of it throws', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    const events = new RecordingEvents();
    const told = jest.spyOn(events.dispatcher, 'dispatch').mockImplementation(() => {
      throw new Error('told');
    });
    const pool = makePool(kind, { size: 1 }, events);
    const sums = [1, 2, 3].map((value) => pool.run(work('add'), value, value));
    expect(await Promise.all(sums)).toEqual([2, 4, 6]);
    expect(await failure(pool.run(work('fail'), 'x'))).toBeInstanceOf(Error);
    expect(told.mock.calls.length).toBeGreaterThan(4);
    expect(warn).toHaveBeenCalledWith(
      'A listener of TaskCompleted failed: told',
      expect.objectContaining({ code: 'PROC_LISTENER_FAILED' }),
    );
  });

  it.each([
    ['never', { size: 2, concurrency: 3 }],
    [
      'also while workers come and are replaced, and tasks are tried again, never',
      { max: 2, concurrency: 3, scaleUpAfter: 0, maxTasksPerWorker: 5 },
    ],
  ])('%s runs more tasks at once than it may', async (_, sizes) => {
    const pool = makePool(kind, sizes);
    let running = 0;
    let most = 0;
    const options = {
      retry: 1,
      onEmit: (value: unknown) => {
        running += value as number;
        most = Math.max(most, running);
      },
    };
    const body = async (index: number, { attempt, emit }: TaskContext): Promise<void> => {
      emit(1);
      await new Promise((resolve) => setTimeout(resolve, 3));
      emit(-1);
      if (index % 4 === attempt) throw new Error('again');
    };
    const runs = Array.from({ length: 40 }, (_each, index) => pool.with(options).run(body, index));
    await Promise.all(runs);
    expect(pool.stats()).toMatchObject({ completed: 40, retried: 10 });
    expect(running).toBe(0);
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(6);
  });

  it('keeps the asynchronous context of whoever submitted', async () => {
    const storage = new AsyncLocalStorage<string>();
    const pool = makePool(kind, { size: 1 });
    const seen = await storage.run('mine', () =>
      pool.run(work('add'), 1, 1).then(() => storage.getStore()),
    );
    expect(seen).toBe('mine');
    const heard: unknown[] = [];
    const hear = (): unknown => heard.push(storage.getStore());
    await storage.run('listener', () => {
      const handle = pool.with({ onEmit: hear }).submit(work('emitAll'), [1]);
      return handle.onEmit(hear).result;
    });
    expect(heard).toEqual(['listener', 'listener']);
  });

  it('tells of each task in the asynchronous context of whoever submitted it', async () => {
    const storage = new AsyncLocalStorage<string>();
    const heard: unknown[] = [];
    const events = new RecordingEvents((event) => {
      if ('task' in event)
        heard.push([event.name, (event.task as TaskIdentity).name, storage.getStore()]);
    });
    const pool = makePool(kind, { size: 1 }, events);
    const [retry, grace] = [1, 0];
    const name = (text: string) => ({ name: text, grace, timeout: '1m' }) as const;
    await storage.run('first', () => pool.with(name('one')).run(work('add'), 1, 1));
    await storage.run('second', () =>
      failure(pool.with({ ...name('two'), retry }).run(work('fail'), 'x')),
    );
    expect(heard).toEqual([
      ['TaskSubmitted', 'one', 'first'],
      ['TaskStarted', 'one', 'first'],
      ['TaskCompleted', 'one', 'first'],
      ['TaskSubmitted', 'two', 'second'],
      ['TaskStarted', 'two', 'second'],
      ['TaskRetrying', 'two', 'second'],
      ['TaskStarted', 'two', 'second'],
      ['TaskFailed', 'two', 'second'],
    ]);
  });

  it('rejects at once, and sends nothing, when the signal has aborted before', async () => {
    const pool = makePool(kind, { size: 1 });
    const handle = pool.with({ signal: AbortSignal.abort('late') }).submit(work('add'), 1, 1);
    expect(handle.status).toBe('cancelled');
    expect((await failure(handle.result)).cause).toBe('late');
    expect(pool.stats()).toMatchObject({ started: 0, cancelled: 1 });
  });

  it('counts what it did', async () => {
    const pool = makePool(kind, { size: 1 });
    await Promise.all([pool.run(work('add'), 1, 1), failure(pool.run(work('fail'), 'x'))]);
    expect(pool.stats()).toMatchObject({
      kind,
      min: 1,
      max: 1,
      sizeReason: 'option',
      submitted: 2,
      completed: 1,
      failed: 1,
      queued: 0,
      inFlight: 0,
      started: 1,
    });
    expect(pool.stats().runMs.count).toBe(2);
    expect(pool.stats().waitMs.count).toBe(2);
    expect(pool.stats().workers).toHaveLength(1);
    const { count } = pool.stats().sendMs;
    expect(count).toBeGreaterThan(0);
    await pool.run(work('echo'), { rows: ['x'.repeat(100_000)] });
    await failure(pool.run(work('echo'), () => 'never sent'));
    expect(pool.stats().sendMs.count).toBe(count + 1);
  });
});
