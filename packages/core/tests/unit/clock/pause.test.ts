import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { pause } from '../../../src/clock/pause.js';
import type { Clock } from '../../../src/contracts/clock.js';

/** A clock that stands still until the test lets its timers fire. */
function stoppedClock(): Clock & { readonly timers: Map<number, () => void> } {
  const timers = new Map<number, () => void>();
  return {
    timers,
    now: () => 0,
    date: () => new Date(0),
    timer: (ms, fire) => {
      timers.set(ms, fire);
      return () => void timers.delete(ms);
    },
  };
}

describe('a pause', () => {
  it('ends when its time has passed, and leaves no timer and no listener', async () => {
    const clock = stoppedClock();
    const { signal } = new AbortController();
    const paused = pause(50, { clock, signals: [signal] });
    clock.timers.get(50)?.();
    await paused;
    expect(clock.timers.size).toBe(0);
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('ends early when a signal aborts, and leaves no timer', async () => {
    const clock = stoppedClock();
    const controller = new AbortController();
    const paused = pause(50, { clock, signals: [controller.signal] });
    controller.abort();
    await paused;
    expect(clock.timers.size).toBe(0);
  });

  it('of no time waits for no timer', async () => {
    await pause(0, { clock: stoppedClock(), signals: [] });
  });
});
