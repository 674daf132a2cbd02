import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { WorkerExited } from '../../src/events/worker-events.js';
import { failure, makePool, REAL_KINDS, until } from '../support/pools.js';
import { RecordingEvents } from '../support/recording-events.js';
import { work } from '../support/work.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'proc-workers-'));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

describe.each(REAL_KINDS)('A spare worker of the kind %s', (kind) => {
  /** Of a pool whose first worker is ready at once, and all others when the gate is opened. */
  const gated = () => {
    const setupData = { first: path.join(directory, 'first'), gate: path.join(directory, 'gate') };
    const openGate = (): void => {
      writeFileSync(setupData.gate, '');
    };
    return { openGate, setup: work('setUpAtGate'), setupData };
  };

  it('is ready, gets no task, and takes the place of one that dies', async () => {
    const events = new RecordingEvents();
    const pool = makePool(kind, { size: 1, spare: 1 }, events);
    const states = (): readonly string[] => pool.stats().workers.map(({ state }) => state);
    await pool.run(work('noop'));
    await until(() => states().includes('spare'));
    expect([pool.size, states()]).toEqual([1, ['ready', 'spare']]);
    const handles = [1, 2, 3].map(() => pool.submit(work('sleep'), 1));
    await Promise.all(handles.map(({ result }) => result));
    expect(handles.map(({ workerId }) => workerId)).toEqual([1, 1, 1]);

    const dying = failure(pool.run(work('exit'), 1));
    const next = pool.submit(work('identity'));
    await Promise.all([dying, next.result]);
    expect(next.workerId).toBe(2);
    // In its turn it has one behind it.
    await until(() => states().includes('spare'));
    expect(pool.stats()).toMatchObject({ started: 3, crashed: 1 });
    expect(await pool.close()).toEqual({ rejected: 0, forced: [] });
    expect(
      events
        .of(WorkerExited)
        .map(({ reason }) => reason)
        .sort(),
    ).toEqual(['crashed', 'left', 'left']);
  });

  it('is there by itself once a worker was lost, and not before', async () => {
    const pool = makePool(kind, { size: 1 });
    const states = (): readonly string[] => pool.stats().workers.map(({ state }) => state);
    await pool.run(work('noop'));
    await pool.run(work('noop'));
    expect(states()).toEqual(['ready']);
    await failure(pool.run(work('exit'), 1));
    await until(() => states().includes('spare'));
    expect([pool.size, states()]).toEqual([1, ['ready', 'spare']]);
    const lost = failure(pool.run(work('exit'), 1));
    const next = pool.submit(work('identity'));
    await Promise.all([lost, next.result]);
    expect(next.workerId).toBe(3);
  });

  it('is not there where none is wanted, also after a loss', async () => {
    const pool = makePool(kind, { size: 1, spare: 0 });
    await failure(pool.run(work('exit'), 1));
    await pool.run(work('noop'));
    await pool.run(work('noop'));
    expect(pool.stats()).toMatchObject({ started: 2, crashed: 1 });
  });

  it('has run what was sent to all when it takes over', async () => {
    const pool = makePool(kind, { size: 1, spare: 1 });
    await pool.run(work('noop'));
    await until(() => pool.stats().workers.some(({ state }) => state === 'spare'));
    expect(await pool.broadcast(work('count'), [], { sticky: true })).toHaveLength(2);
    await failure(pool.run(work('exit'), 1));
    const handle = pool.submit(work('count'));
    expect([await handle.result, handle.workerId]).toEqual([2, 2]);
  });

  it('takes over at once from one that is replaced', async () => {
    const pool = makePool(kind, { size: 1, spare: 1, maxTasksPerWorker: 2 });
    await pool.run(work('count'));
    await until(() => pool.stats().workers.some(({ state }) => state === 'spare'));
    await pool.run(work('count'));
    const handle = pool.submit(work('count'));
    expect([await handle.result, handle.workerId]).toEqual([1, 2]);
  });

  it('does not send away whose place it is to take while it still starts', async () => {
    const { openGate, ...setUp } = gated();
    const pool = makePool(kind, { size: 1, spare: 1, maxAge: 1, ...setUp });
    const handles = Array.from({ length: 20 }, () => pool.submit(work('sleep'), 2));
    await Promise.all(handles.map(({ result }) => result));
    expect(new Set(handles.map(({ workerId }) => workerId))).toEqual(new Set([1]));
    openGate();
    await until(() => pool.stats().workers.every(({ id }) => id !== 1));
  });

  it('leaves when nobody is left by the time that it is ready', async () => {
    const { openGate, ...setUp } = gated();
    const pool = makePool(kind, { min: 0, max: 1, spare: 1, idleTimeout: 10, ...setUp });
    await pool.run(work('noop'));
    await until(() => pool.stats().workers.every(({ id }) => id === 2));
    openGate();
    await until(() => pool.stats().workers.length === 0);
    expect(pool.stats().started).toBe(2);
  });
});
describe.each(REAL_KINDS)('A worker of the kind %s that is lost', (kind) => {
  it('is replaced in a pool that may have none, though nothing waits', async () => {
    const pool = makePool(kind, { min: 0, max: 1 });
    await failure(pool.run(work('exit'), 1));
    await until(() => pool.stats().workers.some(({ state }) => state === 'ready'));
    expect(pool.size).toBe(1);
  });

  it('is replaced before it is gone', async () => {
    const pool = makePool(kind, { size: 1, spare: 0 });
    const gate = path.join(directory, 'gone');
    const lost = failure(pool.run(work('exitSlowly'), gate));
    const next = pool.submit(work('identity'));
    await next.result;
    expect([next.workerId, pool.stats().workers.length]).toEqual([2, 2]);
    writeFileSync(gate, '');
    expect(await lost).toMatchObject({ workerId: 1, exitCode: 3 });
    expect(pool.stats()).toMatchObject({ started: 2, crashed: 1 });
  });
});
