import { performance } from 'node:perf_hooks';
import {
  clearImmediate,
  clearInterval,
  clearTimeout,
  setImmediate,
  setInterval,
  setTimeout,
} from 'node:timers';

const settled = Promise.resolve();

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
  nextTick: realNextTick(),
  /** What throws in it is an unhandled rejection. */
  queueMicrotask: (task: () => void): void => void settled.then(task),
  now: performance.now.bind(performance),
} as const;

/** A test may have taken its place before: those of Jest and Vitest have their clock on them. Nothing gives it back. */
function realNextTick(): (task: () => void) => void {
  const isFake = Reflect.has(Reflect.get(process, 'nextTick') as object, 'clock');
  if (isFake) return (task) => void setImmediate(task);
  return process.nextTick.bind(process);
}
