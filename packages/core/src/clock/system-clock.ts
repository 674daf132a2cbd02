import type { Clock } from '../contracts/clock.js';

/** The system's clock and timers, as they are when they are asked: the fake timers of a test runner count. */
export const systemClock: Clock = Object.freeze<Clock>({
  now: () => performance.now(),
  date: () => new Date(),
  timer: (ms, fire, options) => {
    const timeout = setTimeout(fire, ms);
    if (options?.background === true) timeout.unref();
    return () => {
      clearTimeout(timeout);
    };
  },
});
