import { realTime } from '../clock/real-time.js';

/** The longest delay of a Node timer, in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * Keeps this process alive until a promise settles. A detached process does not do so by itself; whoever waits for it
 * must still get an answer.
 */
export async function holdLoop<T>(promise: Promise<T>): Promise<T> {
  const hold = realTime.setInterval(() => undefined, LONGEST);
  try {
    return await promise;
  } finally {
    realTime.clearInterval(hold);
  }
}
