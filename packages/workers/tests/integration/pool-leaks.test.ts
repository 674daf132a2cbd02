import { getEventListeners } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, jest } from '@jest/globals';
import { TaskCancelledError } from '../../src/errors/task-cancelled-error.js';
import { failure, makePool, REAL_KINDS, until } from '../support/pools.js';
import { work } from '../support/work.js';

const TASKS = 100_000;
const WAVE = 2000;

/** How many listen to this program, and to a signal. */
function listeners(signal: AbortSignal): Readonly<Record<string, number>> {
  const own = process
    .eventNames()
    .map((name) => [String(name), process.listenerCount(name)] as const);
  return { ...Object.fromEntries(own), abort: getEventListeners(signal, 'abort').length };
}

describe.each(REAL_KINDS)('A pool of the kind %s', (kind) => {
  it('lets go of its listeners: 100,000 tasks with one signal leave none', async () => {
    const pool = makePool(kind, { size: 2 });
    const controller = new AbortController();
    const limited = pool.with({ signal: controller.signal, queueTimeout: '1h' });
    await limited.run(work('noop'));
    const before = listeners(controller.signal);
    expect(before['abort']).toBe(0);
    for (let ended = 0; ended < TASKS; ended += WAVE) {
      const wave = Array.from({ length: WAVE }, () => limited.run(work('noop')));
      expect(getEventListeners(controller.signal, 'abort')).toHaveLength(WAVE);
      await Promise.all(wave);
      expect(listeners(controller.signal)).toEqual(before);
    }
    expect(pool.stats()).toMatchObject({ completed: TASKS + 1, started: 2 });

    const last = [limited.run(work('ignore')), limited.run(work('noop'))].map(failure);
    controller.abort();
    for (const error of await Promise.all(last)) expect(error).toBeInstanceOf(TaskCancelledError);
    expect(listeners(controller.signal)).toEqual(before);
  }, 120_000);
});

it('A thread is ended once, however many of its tasks do not end when they are cancelled', async () => {
  // More calls than ten at once, and Node warns of a leak: each adds a listener.
  const terminate = jest.spyOn(Worker.prototype, 'terminate');
  try {
    const pool = makePool('thread', { size: 1, concurrency: 16, grace: 1 });
    await pool.run(work('noop'));
    let running = 0;
    const onEmit = (): void => void (running += 1);
    const handles = Array.from({ length: 16 }, () => pool.with({ onEmit }).submit(work('ignore')));
    await until(() => running === 16);
    for (const handle of handles) handle.cancel();
    await Promise.all(handles.map(({ result }) => failure(result)));
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
    await pool.close();
    expect(terminate).toHaveBeenCalledTimes(1);
  } finally {
    terminate.mockRestore();
  }
});
