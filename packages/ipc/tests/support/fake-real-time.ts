import { jest } from '@jest/globals';
import { realTime } from '@proc/core/internal';

const real = { ...realTime };

/** Fake timers of Jest that also drive what goes by the real time otherwise. Streams and promises go on by themselves. */
export function useFakeRealTime(): void {
  jest.useFakeTimers({ doNotFake: ['nextTick', 'queueMicrotask', 'setImmediate'] });
  Object.assign(realTime, { setTimeout, clearTimeout, setInterval, clearInterval });
}

/** Takes back what {@link useFakeRealTime} has done, and other fake timers. */
export function useRealTime(): void {
  Object.assign(realTime, real);
  jest.useRealTimers();
}
