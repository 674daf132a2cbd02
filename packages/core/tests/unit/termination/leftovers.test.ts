import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { systemClock } from '../../../src/clock/system-clock.js';
import { Leftovers } from '../../../src/termination/leftovers.js';
import { HandMadeHandle } from '../../support/hand-made-handle.js';
import { makeSpec } from '../../support/spec.js';

describe('leftovers', () => {
  const spec = makeSpec({ graceMs: 1000 });
  let handle: HandMadeHandle;
  let leftovers: Leftovers;

  const pass = (ms: number): Promise<void> => jest.advanceTimersByTimeAsync(ms);
  /** The leader ends, the rest of its group goes on. */
  const leave = (endInMs: number | null, own = spec): void => {
    handle.exit();
    handle.group = true;
    leftovers.add(handle, own, { endInMs, guarded: false, clock: systemClock });
  };

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    handle = new HandMadeHandle();
    leftovers = new Leftovers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('get the signal at the timeout, and SIGKILL after the grace', async () => {
    leave(5000);
    await pass(4999);
    expect(handle.signals).toEqual([]);
    await pass(2);
    expect(handle.signals).toEqual(['SIGTERM']);
    await pass(1002);
    expect(handle.signals).toEqual(['SIGTERM', 'SIGKILL']);
  });

  it('are let go on to act on the signal, once', async () => {
    leave(5000);
    await pass(4999);
    expect(handle.continued).toBe(0);
    await pass(2000);
    expect([handle.signals, handle.continued]).toEqual([['SIGTERM', 'SIGKILL'], 1]);
  });

  it('are not let go on where SIGKILL is the first signal', async () => {
    leave(5000, makeSpec({ graceMs: 1000, killSignal: 'SIGKILL' }));
    await pass(5001);
    expect([handle.signals, handle.continued]).toEqual([['SIGKILL'], 0]);
  });

  it('get no signal once they have gone', async () => {
    leave(5000);
    await pass(4000);
    handle.group = false;
    await pass(10_000);
    expect(handle.signals).toEqual([]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('are waited for at the end, and no longer than it takes', async () => {
    leave(60_000);
    let ended = false;
    const end = leftovers.endAll().then(() => (ended = true));
    await pass(500);
    expect([handle.signals, ended]).toEqual([['SIGTERM'], false]);
    handle.group = false;
    await pass(50);
    await end;
    expect(handle.signals).toEqual(['SIGTERM']);
  });

  it('do not keep the end back when nothing can kill them', async () => {
    leave(60_000);
    let ended = false;
    const end = leftovers.endAll().then(() => (ended = true));
    await pass(1300);
    expect([handle.signals, ended]).toEqual([['SIGTERM', 'SIGKILL'], false]);
    await pass(500);
    await end;
  });

  it('are waited for in real time', async () => {
    leave(60_000);
    const end = leftovers.endAll();
    handle.group = false;
    await end;
    expect(handle.signals).toEqual(['SIGTERM']);
  });
});
