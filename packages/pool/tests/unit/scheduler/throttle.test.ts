import { describe, expect, it } from '@jest/globals';
import type { Clock } from '@proc/core';
import { Throttle } from '../../../src/scheduler/throttle.js';

/** A throttle, the waits that it has asked for, and how to let the last one end. */
function throttled(): { readonly throttle: Throttle; readonly waits: number[]; elapse(): void } {
  const waits: number[] = [];
  let ended: (() => void) | undefined;
  const timer: Clock['timer'] = (ms, callback) => {
    waits.push(ms);
    ended = callback;
    return () => (ended = undefined);
  };
  const clock = { now: () => 0, timer } as Clock;
  const throttle = new Throttle({
    patienceMs: Number.POSITIVE_INFINITY,
    clock: () => clock,
    width: () => 1000,
    onRetry: () => undefined,
  });
  return { throttle, waits, elapse: () => ended?.() };
}

describe('the waits of a throttle', () => {
  it('are shortened by up to a half, each by another part: pools do not try in step', () => {
    const first = Array.from({ length: 200 }, () => {
      const { throttle, waits } = throttled();
      throttle.tighten(8);
      return waits[0] ?? 0;
    });
    for (const ms of first) {
      expect(ms).toBeGreaterThan(25);
      expect(ms).toBeLessThanOrEqual(50);
    }
    expect(new Set(first).size).toBeGreaterThan(100);
    expect(Math.max(...first) - Math.min(...first)).toBeGreaterThan(15);
  });

  it('double while there is no room, up to two seconds, and begin anew once a job ran', () => {
    const { throttle, waits, elapse } = throttled();
    throttle.tighten(1);
    for (let tries = 0; tries < 9; tries++) {
      elapse();
      throttle.tighten(1);
    }
    for (const [index, ms] of waits.entries()) {
      const full = Math.min(50 * 2 ** index, 2000);
      expect(ms).toBeGreaterThanOrEqual(full / 2);
      expect(ms).toBeLessThanOrEqual(full);
    }
    throttle.relax();
    elapse();
    expect(waits.at(-1)).toBeLessThanOrEqual(50);
  });

  it('are one at a time, however often there was no room', () => {
    const { throttle, waits } = throttled();
    for (let tries = 0; tries < 5; tries++) throttle.tighten(3);
    expect(waits).toHaveLength(1);
  });
});
