import { describe, expect, test } from '@jest/globals';
import {
  EventDispatcher,
  PoolCompleted,
  PoolEvent,
  PoolProgress,
  PoolStarted,
  type EventClass,
  type PoolProgressSnapshot,
  type ProcEvent,
} from '@proc/core';
import { Pool, type PoolKey } from '@proc/pool';
import { ending, entries } from '../../support/hand-made-entry.js';
import { processManager } from '../../support/process-manager.js';
import { settled } from '../../support/settled.js';

const processes = processManager();

describe('the progress of a pool', () => {
  test('counts what waits, runs, has succeeded and has failed', async () => {
    const all = entries(4);
    const pool = processes.pool(all, { concurrency: 2 });
    expect(pool.progress()).toMatchObject({ total: null, queued: 0, running: 0 });
    expect(pool.count()).toBe(0);
    const started = pool.start();
    expect(pool.count()).toBe(4);
    expect(pool.progress()).toEqual({
      total: 4,
      queued: 2,
      running: 2,
      succeeded: 0,
      failed: 0,
      skipped: 0,
      throttled: false,
      gate: null,
      etaMs: null,
    });
    all[0]!.run.end();
    all[1]!.run.end({ exitCode: 1 });
    await settled();
    const progress = pool.progress();
    expect(progress).toMatchObject({ queued: 0, running: 2, succeeded: 1, failed: 1 });
    expect(progress.etaMs).toBeGreaterThanOrEqual(0);
    await pool.stop();
    await started;
  });

  test('tells which entries run, with their keys and commands', async () => {
    const all = entries(3);
    const pool = processes.pool({ a: all[0]!, b: all[1]!, c: all[2]! }, { concurrency: 2 });
    const started = pool.start();
    expect(pool.running().map(({ key, command }) => [key, command])).toEqual([
      ['a', 'entry 0'],
      ['b', 'entry 1'],
    ]);
    await pool.running()[0]!.stop();
    await settled();
    expect(pool.running().map(({ key }) => key)).toEqual(['b', 'c']);
    await pool.stop();
    await started;
  });
});

describe('onProgress', () => {
  test('is called when an entry begins and when it ends', async () => {
    const seen: [PoolKey, number, number][] = [];
    await processes
      .pool([ending(), ending()], {
        concurrency: 1,
        onProgress: ({ running, succeeded }, key) => {
          seen.push([key, running, succeeded]);
        },
      })
      .start();
    expect(seen).toEqual([
      [0, 1, 0],
      [0, 0, 1],
      [1, 1, 1],
      [1, 0, 2],
    ]);
  });

  test.each([
    [
      'throws',
      () => {
        throw new Error('bad news');
      },
    ],
    ['rejects', () => Promise.reject(new Error('bad news'))],
  ])('interrupts the pool when it %s', async (_how, onProgress) => {
    const all = entries(2);
    const failure: unknown = await processes
      .pool(all, { concurrency: 1, onProgress })
      .start()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ origin: 'progress', cause: { message: 'bad news' } });
    expect(all[0]!.run.stops).toHaveLength(1);
    expect(all[1]!.launched).toBe(false);
  });

  test('is waited for at the end', async () => {
    const failure: unknown = await processes
      .pool([ending()], {
        onProgress: async ({ succeeded }) => {
          await settled();
          if (succeeded === 1) throw new Error('late news');
        },
      })
      .start()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ origin: 'progress', cause: { message: 'late news' } });
  });
});

describe('the events of a pool', () => {
  class Recorder {
    readonly heard: ProcEvent[] = [];
    asked = 0;

    constructor(readonly wanted: readonly EventClass[]) {}

    hasListeners(type: EventClass): boolean {
      this.asked += 1;
      return this.wanted.includes(type);
    }

    async dispatch(event: ProcEvent): Promise<void> {
      this.heard.push(event);
    }
  }

  const run = async (recorder: Recorder): Promise<void> => {
    const events = recorder as unknown as EventDispatcher;
    await new Pool({ manager: processes, events }, { a: ending() }).start();
  };

  test('begin, go on and end with the numbers of the moment', async () => {
    const recorder = new Recorder([PoolStarted, PoolProgress, PoolCompleted]);
    await run(recorder);
    const heard = recorder.heard.filter((event) => event instanceof PoolEvent);
    const told = heard.map(({ name, progress }): [string, PoolProgressSnapshot] => [
      name,
      progress,
    ]);
    expect(told).toMatchObject([
      ['PoolStarted', { total: 1, queued: 1 }],
      ['PoolProgress', { running: 1 }],
      ['PoolProgress', { running: 0, succeeded: 1 }],
      ['PoolCompleted', { total: 1, succeeded: 1, etaMs: 0 }],
    ]);
    expect(new Set(heard.map(({ poolId }) => poolId)).size).toBe(1);
    expect(heard[1]).toMatchObject({ key: 'a' });
  });

  test('are not made when nobody listens', async () => {
    const recorder = new Recorder([]);
    await run(recorder);
    expect(recorder.asked).toBeGreaterThan(0);
    expect(recorder.heard).toEqual([]);
  });
});
