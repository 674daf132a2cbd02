import { performance } from 'node:perf_hooks';
import { clearInterval, clearTimeout, setImmediate, setInterval, setTimeout } from 'node:timers';

/**
 * The clock and the timers of the system, as they were when this module was loaded. Redis knows nothing of the fake
 * timers of a test: a lease that stands still here ends there all the same.
 */
export const realTime = {
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  setImmediate,
  now: performance.now.bind(performance),
} as const;
