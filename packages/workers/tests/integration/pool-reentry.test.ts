import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import type { CloseOptions } from '../../src/contracts/close-options.js';
import type { TaskContext } from '../../src/contracts/task-context.js';
import type { TaskHandle } from '../../src/contracts/task-handle.js';
import { PoolClosedError } from '../../src/errors/pool-closed-error.js';
import { TaskCancelledError } from '../../src/errors/task-cancelled-error.js';
import { failure, KINDS, makePool, REAL_KINDS, until } from '../support/pools.js';
import { work } from '../support/work.js';

const HOUR = 3_600_000;

/** Does something in the middle of telling of the next event of that name. */
function during(name: string, act: () => void): void {
  const channel = `proc:workers:${name}`;
  const listener = (): void => {
    unsubscribe(channel, listener);
    act();
  };
  subscribe(channel, listener);
}

describe.each(KINDS)('A task of a pool of the kind %s', (kind) => {
  it('is not tried again when it is cancelled by who is asked whether it is', async () => {
    const pool = makePool(kind, { size: 1 });
    const when = (): boolean => handle.cancel();
    const handle: TaskHandle = pool.with({ retry: { times: 3, when } }).submit(work('fail'), 'x');
    expect(TaskCancelledError.is(await failure(handle.result))).toBe(true);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    expect(handle).toMatchObject({ status: 'cancelled', attempt: 1 });
    expect(pool.stats()).toMatchObject({ inFlight: 0, queued: 0, cancelled: 1, retried: 0 });
  });

  it('ends with its pool when that is closed by who is asked whether it is tried again', async () => {
    const pool = makePool(kind, { size: 1 });
    let closing: Promise<unknown> | undefined;
    const when = (): boolean => {
      closing = pool.close({ force: true });
      return true;
    };
    const handle = pool.with({ retry: { times: 3, when } }).submit(work('fail'), 'x');
    expect(PoolClosedError.is(await failure(handle.result))).toBe(true);
    expect(await closing).toEqual({ rejected: 1, forced: [1] });
  });

  it('leaves no timer behind when it is cancelled by who hears that it is tried again', async () => {
    const timers = jest.spyOn(globalThis, 'setTimeout');
    const pool = makePool(kind, { size: 1 });
    during('TaskRetrying', () => handle.cancel());
    const handle = pool.with({ retry: { times: 1, delay: HOUR } }).submit(work('fail'), 'x');
    expect(TaskCancelledError.is(await failure(handle.result))).toBe(true);
    expect(timers.mock.calls.filter(([, ms]) => ms === HOUR)).toEqual([]);
    timers.mockRestore();
  });

  it('is done for who hears that it is', async () => {
    const pool = makePool(kind, { size: 1 });
    let cancelled: boolean | undefined;
    during('TaskCompleted', () => {
      cancelled = handle.cancel();
    });
    const handle = pool.submit(work('add'), 1, 1);
    expect(await handle.result).toBe(2);
    expect(cancelled).toBe(false);
    expect(pool.stats()).toMatchObject({ inFlight: 0, completed: 1, cancelled: 0 });
  });

  it('makes room when it is cancelled while it waits', async () => {
    const pool = makePool(kind, { size: 1, maxQueue: 1, whenFull: 'wait', grace: 0 });
    const first = pool.submit(
      ({ signal }: TaskContext) =>
        new Promise((resolve) => signal.addEventListener('abort', resolve)),
    );
    await until(() => first.status === 'running');
    const [second, third] = [1, 2].map((value) => pool.submit(work('add'), value, 1));
    // Once nothing is on its way that would make the pool look.
    await setImmediate();
    expect(third?.status).toBe('waiting');
    second?.cancel();
    await third?.accepted;
    await setImmediate();
    third?.cancel();
    await pool.drained();
    first.cancel();
  });

  it('keeps no pool from being closed when it is cancelled before its next attempt', async () => {
    const pool = makePool(kind, { size: 1 });
    const handle = pool.with({ retry: { times: 1, delay: HOUR } }).submit(work('fail'), 'x');
    await until(() => handle.attempt === 2);
    const closing = pool.close({ timeout: HOUR });
    handle.cancel();
    expect(await closing).toEqual({ rejected: 0, forced: [] });
  });
});

describe.each(REAL_KINDS)('The tasks of a worker that dies, of the kind %s,', (kind) => {
  it('are all ended by who is asked about the first', async () => {
    const pool = makePool(kind, { size: 1, concurrency: 3, output: 'ignore', grace: 0 });
    await pool.run(work('noop'));
    const when = (): boolean => handles.every((each) => each.cancel());
    const calls = pool.with({ retry: { times: 1, when } });
    const [one, other] = [0, 0].map(() => calls.submit(work('sleep'), HOUR));
    const killer = calls.submit(work('exit'), 1);
    const queued = [0, 0, 0].map(() => calls.submit(work('noop')));
    const handles = [one, other, killer, ...queued] as TaskHandle[];
    const errors = await Promise.all(handles.map(({ result }) => failure(result)));
    expect(errors.every((error) => TaskCancelledError.is(error))).toBe(true);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    expect(pool.stats()).toMatchObject({ inFlight: 0, queued: 0, cancelled: 6, retried: 0 });
    expect(handles.map(({ status }) => status)).toEqual(Array(6).fill('cancelled'));
  });
});

describe('A pool', () => {
  it.each([{ timeout: 'soon' }, { queued: 'drop' }, { force: 1 }, { forced: true }, 5])(
    'is not closed with %p, and goes on',
    async (options) => {
      const pool = makePool('inline', { size: 1 });
      const error = await failure(pool.close(options as CloseOptions));
      expect(InvalidArgumentError.is(error)).toBe(true);
      expect(pool.isClosed).toBe(false);
      expect(await pool.run(work('add'), 1, 1)).toBe(2);
    },
  );
});
