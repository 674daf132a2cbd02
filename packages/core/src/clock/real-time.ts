import { performance } from 'node:perf_hooks';
import {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
} from 'node:timers';

/**
 * The clock and the timers of the system, as they were when this module was loaded: for what waits for sockets,
 * processes and threads. The fake timers of a test hold back none of them, and those that it leaves behind never fire.
 */
export const realTime = {
  setTimeout,
  clearTimeout,
  setInterval,
  clearInterval,
  setImmediate,
  clearImmediate,
  nextTick: process.nextTick.bind(process),
  queueMicrotask: globalThis.queueMicrotask,
  now: performance.now.bind(performance),
} as const;
