import os from 'node:os';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';

describe('a pool with a gate', () => {
  let load = 9;
  beforeEach(() => {
    load = 9;
    jest.useFakeTimers({
      doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate', 'performance'],
    });
    jest.spyOn(os, 'loadavg').mockImplementation(() => [load, 0, 0]);
  });
  afterEach(() => void jest.useRealTimers());
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  test('starts one alone while it is shut, the rest when it opens, and says what they wait for', async () => {
    const [a, b, c] = entries(3);
    const pool = processManager().pool([a!, b!, c!], { concurrency: 3, maxLoad: 4 });
    const results = pool.start();
    expect([a!, b!, c!].map(({ runs }) => runs.length)).toEqual([1, 0, 0]);
    expect(pool.progress()).toMatchObject({
      running: 1,
      queued: 2,
      gate: 'load',
      throttled: false,
    });
    a!.run.end();
    await turn();
    expect([a!, b!, c!].map(({ runs }) => runs.length)).toEqual([1, 1, 0]);
    load = 1;
    jest.advanceTimersByTime(1000);
    expect(c!.runs).toHaveLength(1);
    expect(pool.progress()).toMatchObject({ running: 2, queued: 0, gate: null });
    b!.run.end();
    c!.run.end();
    expect((await results).successCount).toBe(3);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('leaves no timer behind when it is stopped', async () => {
    const [a, b] = entries(2);
    const pool = processManager().pool([a!, b!], { concurrency: 2, maxLoad: 4 });
    const results = pool.start();
    const stopped = pool.stop();
    a!.run.end();
    await stopped;
    expect((await results).skipped).toEqual([1]);
    expect(jest.getTimerCount()).toBe(0);
  });

  test('looks no more once the last that waited has started alone', async () => {
    const [a, b] = entries(2);
    const pool = processManager().pool([a!, b!], { concurrency: 2, maxLoad: 4 });
    const results = pool.start();
    expect(jest.getTimerCount()).toBe(1);
    a!.run.end();
    await turn();
    expect(b!.runs).toHaveLength(1);
    expect(jest.getTimerCount()).toBe(0);
    b!.run.end();
    await results;
  });

  test('keeps that of the configuration where it says nothing, also by undefined', async () => {
    const processes = processManager({ pool: { maxLoad: 4 } });
    const [a, b] = entries(2);
    const results = processes.pool([a!, b!], { concurrency: 2, maxLoad: undefined }).start();
    expect(b!.runs).toHaveLength(0);
    a!.run.end();
    await turn();
    b!.run.end();
    await results;
  });

  test('has none where it says so, whatever the configuration says', async () => {
    const processes = processManager({
      pool: { maxLoad: 4, minFreeMemory: '100%', minFreeDescriptors: 2 ** 50 },
    });
    const all = entries(2);
    const none = { maxLoad: Infinity, minFreeMemory: 0, minFreeDescriptors: 0 };
    const results = processes.pool(all, { concurrency: 2, ...none }).start();
    expect(all[1]!.runs).toHaveLength(1);
    for (const entry of all) entry.run.end();
    await results;
  });

  test('takes it from the configuration, unless it says something else', async () => {
    const processes = processManager({ pool: { maxLoad: 4 } });
    const [a, b] = entries(2);
    const results = processes.pool([a!, b!], { concurrency: 2, maxLoad: '100000%' }).start();
    expect(b!.runs).toHaveLength(1);
    const [c, d] = entries(2);
    const configured = processes.pool([c!, d!], { concurrency: 2 }).start();
    expect(d!.runs).toHaveLength(0);
    for (const entry of [a!, b!, c!]) entry.run.end();
    await turn();
    d!.run.end();
    expect((await Promise.all([results, configured])).map((each) => each.successCount)).toEqual([
      2, 2,
    ]);
  });
});
