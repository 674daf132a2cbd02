/** The longest that a timer of Node can wait, in milliseconds; one that is to wait longer does not wait at all. */
const LONGEST = 2 ** 31 - 1;

/** A time as a timer can wait for it. */
export function timerMs(ms: number): number {
  return Math.min(ms, LONGEST);
}
