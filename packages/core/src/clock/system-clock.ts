import type { Clock } from '../contracts/clock.js';

/** To be told from the fake timers of a test runner. */
const realSetTimeout = globalThis.setTimeout;

/** Time that has passed by fake timers, and that `performance.now()` does not know of. */
let unknownMs = 0;

/**
 * The system's clock and timers, as they are when they are asked: the fake timers of a test runner count, also where
 * they leave `performance` alone, as those of `node:test` do.
 */
export const systemClock: Clock = Object.freeze<Clock>({
  now,
  date: () => new Date(),
  timer: (ms, fire, options) => {
    const { setTimeout } = globalThis;
    const due = setTimeout === realSetTimeout ? -Infinity : now() + ms;
    const timeout = setTimeout(() => {
      unknownMs += Math.max(0, due - now());
      fire();
    }, ms);
    if (options?.background === true) timeout.unref();
    return () => {
      clearTimeout(timeout);
    };
  },
});

function now(): number {
  return performance.now() + unknownMs;
}
