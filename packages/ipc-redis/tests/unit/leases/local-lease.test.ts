import { describe, expect, it, jest } from '@jest/globals';
import { realTime } from '@proc/core/internal';
import { LocalLease } from '../../../src/leases/local-lease.js';

describe('A lease in this process', () => {
  it('says so when this process was too busy to renew it', async () => {
    const reason = new Promise<string>((resolve) => {
      new LocalLease(resolve).extend(performance.now(), 50);
    });
    const from = performance.now();
    while (performance.now() - from < 100);

    expect(await reason).toBe('its lease has ended while this process was stopped, or busy');
  });

  it('says nothing of that when Redis has not answered', async () => {
    const reason = await new Promise<string>((resolve) => {
      new LocalLease(resolve).extend(performance.now() - 1e6, 1e6 / 0.95 + 100);
    });

    expect(reason).toBe('its lease could not be renewed in time');
  });

  it('ends at once when Redis answers after its end, with no time of less than none: Node 24 would warn of that', async () => {
    const timer = jest.spyOn(realTime, 'setTimeout');
    const reason = await new Promise<string>((resolve) => {
      new LocalLease(resolve).extend(realTime.now() - 1000, 500);
    });

    expect(reason).toBe('its lease has ended while this process was stopped, or busy');
    expect(timer.mock.calls.map(([, ms]) => ms)).toEqual([0]);
  });

  it('ends by the real time while a test has fake timers', async () => {
    jest.useFakeTimers();
    try {
      const reason = await new Promise<string>((resolve) => {
        new LocalLease(resolve).extend(realTime.now() - 1e6, 1e6 / 0.95 + 20);
      });

      expect(reason).toBe('its lease could not be renewed in time');
    } finally {
      jest.useRealTimers();
    }
  });
});
