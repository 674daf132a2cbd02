import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkerExited, WorkerReady } from '../../../src/events/worker-events.js';
import type { WorkerPool } from '../../../src/pool/worker-pool.js';
import { nap, pass, useHandMadeTime, useRealTime } from '../../support/pass.js';
import { makePool } from '../../support/pools.js';
import { RecordingEvents } from '../../support/recording-events.js';

/** As many tasks at once as keep all workers busy for a while, and then nothing. */
async function wave(pool: WorkerPool, quietMs: number, look?: () => void): Promise<void> {
  const tasks = Array.from({ length: 8 }, () => pool.run(nap, 20));
  await pass(60, look);
  await Promise.all(tasks);
  await pass(quietMs, look);
}

describe('A pool under a load that comes and goes', () => {
  beforeEach(useHandMadeTime);
  afterEach(useRealTime);

  function scaled(events?: RecordingEvents): WorkerPool {
    const sizes = { min: 1, max: 4, scaleUpAfter: 1, idleTimeout: 200 };
    return makePool('inline', sizes, events);
  }

  it('has all workers after the first wave, and starts none as long as the pauses are short', async () => {
    const events = new RecordingEvents();
    const pool = scaled(events);
    for (let round = 0; round < 10; round += 1) await wave(pool, 100);
    expect(events.of(WorkerReady)).toHaveLength(4);
    expect(events.of(WorkerExited)).toEqual([]);
    expect(pool.stats()).toMatchObject({ started: 4, completed: 80 });
  });

  it('shrinks step by step in long pauses, grows again, and keeps within its limits', async () => {
    const pool = scaled();
    const sizes: number[] = [];
    const look = (): void => void sizes.push(pool.size);
    for (let round = 0; round < 3; round += 1) {
      await wave(pool, 0, look);
      expect(pool.size).toBe(4);
      await pass(1200, look);
      expect(pool.size).toBe(1);
    }
    expect(Math.max(...sizes)).toBe(4);
    expect(Math.min(...sizes)).toBe(1);
    const losses = sizes.map((size, index) => (sizes[index - 1] ?? size) - size);
    expect(Math.max(...losses)).toBe(1);
    // Three left in each pause, and three came with each later wave.
    expect(pool.stats().started).toBe(4 + 3 + 3);
  });

  it('keeps who is to take over, however long that has nothing to do, while tasks wait', async () => {
    const pool = makePool('inline', { max: 1, maxTasksPerWorker: 1, idleTimeout: 20 });
    const tasks = [pool.run(nap, 500), pool.run(nap, 1)];
    await pass(400);
    expect(pool.stats()).toMatchObject({ started: 2, inFlight: 1, queued: 1 });
    await pass(200);
    await Promise.all(tasks);
    expect(pool.stats().started).toBe(2);
  });

  it('replaces at most one worker for each wave when the pauses are as long as workers wait', async () => {
    const pool = scaled();
    for (let round = 0; round < 10; round += 1) await wave(pool, 200);
    expect(pool.stats().started).toBeLessThanOrEqual(4 + 10);
  });
});
