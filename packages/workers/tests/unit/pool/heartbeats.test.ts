import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Heartbeats } from '../../../src/pool/heartbeats.js';
import type { PoolReporter } from '../../../src/pool/pool-reporter.js';
import type { PoolWorker } from '../../../src/pool/pool-worker.js';
import { useHandMadeTime, useRealTime } from '../../support/pass.js';

/** A worker that has tasks 1 and 2, and writes down what it is asked. */
function workerWith({ lastStarted }: { lastStarted: number }) {
  const calls: string[] = [];
  const worker = {
    state: 'ready',
    lastStarted,
    inFlight: new Map<number, undefined>([
      [1, undefined],
      [2, undefined],
    ]),
    ping: () => calls.push('ping'),
    kill: () => calls.push('kill'),
  };
  return { calls, state: worker, worker: worker as unknown as PoolWorker };
}

const limits = { heartbeatMs: 100, startTimeoutMs: 500 };

describe('Heartbeats', () => {
  const told: string[] = [];
  const reporter = {
    unresponsive: () => told.push('silent'),
    responsive: () => told.push('heard'),
  } as unknown as PoolReporter;

  beforeEach(() => {
    told.length = 0;
    useHandMadeTime();
  });
  afterEach(useRealTime);

  it('end a worker that has begun none of its tasks and is silent for as long as a start may take', () => {
    const { worker, calls } = workerWith({ lastStarted: 0 });
    new Heartbeats(limits, new Set([worker]), reporter).watch();
    jest.advanceTimersByTime(599);
    expect(calls).toEqual(['ping']);
    expect(told).toEqual(['silent']);
    jest.advanceTimersByTime(1);
    expect(calls).toEqual(['ping', 'kill']);
  });

  it('leave a worker alone that runs a task, however long it is silent', () => {
    const { worker, calls } = workerWith({ lastStarted: 1 });
    new Heartbeats(limits, new Set([worker]), reporter).watch();
    jest.advanceTimersByTime(60_000);
    expect(calls).toEqual(['ping']);
    expect(told).toEqual(['silent']);
  });

  it('leave a worker alone that answers, however long it takes to begin a task', () => {
    const { worker, calls } = workerWith({ lastStarted: 0 });
    const beats = new Heartbeats(limits, new Set([worker]), reporter);
    beats.watch();
    for (let time = 0; time < 60; time += 1) {
      jest.advanceTimersByTime(450);
      beats.heard(worker);
    }
    expect(calls).not.toContain('kill');
    expect(told.slice(0, 3)).toEqual(['silent', 'heard', 'silent']);
  });

  it('report nothing when they are off, and end a stuck worker all the same', () => {
    const { worker, calls } = workerWith({ lastStarted: 0 });
    new Heartbeats({ ...limits, heartbeatMs: 0 }, new Set([worker]), reporter).watch();
    jest.advanceTimersByTime(3 * 500);
    expect(calls).toEqual(['ping', 'kill']);
    expect(told).toEqual([]);
  });

  it('ask also workers that leave, for the tasks that they have', () => {
    const { worker, calls, state } = workerWith({ lastStarted: 0 });
    state.state = 'leaving';
    new Heartbeats(limits, new Set([worker]), reporter).watch();
    jest.advanceTimersByTime(600);
    expect(calls).toEqual(['ping', 'kill']);
  });
});
