import { afterEach, expect, it, jest } from '@jest/globals';
import type * as RealTime from '../../../src/clock/real-time.js';

afterEach(() => {
  jest.useRealTimers();
});

it.each(['queueMicrotask', 'nextTick', 'setImmediate'] as const)(
  'The %s of the system is real, also where that of a test was fake before it was loaded',
  async (name) => {
    jest.useFakeTimers();
    await jest.isolateModulesAsync(async () => {
      const { realTime } = jest.requireActual<typeof RealTime>('../../../src/clock/real-time.js');
      await new Promise<void>((resolve) => {
        realTime[name](resolve);
      });
    });
    expect(jest.getTimerCount()).toBe(0);
  },
);
