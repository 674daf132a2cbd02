import type { Clock } from '../contracts/clock.js';

/** To be told from the fake timers of a test runner. */
const real = { setTimeout: globalThis.setTimeout, Date: globalThis.Date, now: nowFunction() };

/** The date that time is read from, if it is; whatever comes next begins where it was left. */
let dateRead: unknown;
let offset = 0;
let last = 0;

/**
 * The system's clock and timers, as they are when they are asked: the fake timers of a test runner count, also where
 * they leave `performance` alone, as those of `node:test` do: time is that of their `Date` then, and where they have
 * none, what they fire tells it.
 */
export const systemClock: Clock = Object.freeze<Clock>({
  now,
  date: () => new Date(),
  timer: (ms, fire, options) => {
    const { setTimeout } = globalThis;
    const due = setTimeout === real.setTimeout ? -Infinity : now() + ms;
    const timeout = setTimeout(() => {
      // Time may have passed that nothing tells but that this fires.
      offset += Math.max(0, due - now());
      fire();
    }, ms);
    // Those of a browser, which a test may imitate, are numbers.
    if (options?.background === true && typeof timeout === 'object') timeout.unref();
    return () => {
      clearTimeout(timeout);
    };
  },
});

function now(): number {
  const goesByDate =
    nowFunction() === real.now &&
    globalThis.Date !== real.Date &&
    globalThis.setTimeout !== real.setTimeout;
  const reading = goesByDate ? Date.now() : performance.now();
  // Whole milliseconds stay whole, so that no timer is early by a rounding.
  const date = goesByDate ? globalThis.Date : undefined;
  if (date !== dateRead) offset = (goesByDate ? Math.ceil(last) : last) - reading;
  dateRead = date;
  const at = reading + offset;
  // A test may put the date back.
  last = goesByDate ? Math.max(last, at) : at;
  return last;
}

function nowFunction(): unknown {
  return Reflect.get(performance, 'now');
}
