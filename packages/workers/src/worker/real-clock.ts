import { performance } from 'node:perf_hooks';
import { clearTimeout, setImmediate, setTimeout } from 'node:timers';

/**
 * What `realTime` of core is, for the program of a worker: whatever is loaded of core makes each start of a worker
 * longer.
 */
export const realClock = {
  setTimeout,
  clearTimeout,
  setImmediate,
  nextTick: process.nextTick.bind(process),
  now: performance.now.bind(performance),
} as const;
