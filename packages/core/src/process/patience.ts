import type { Clock } from '../contracts/clock.js';
import { allowManyListeners } from '../termination/abort.js';

/** What waiting for the code of others comes to when they take too long. */
export const GAVE_UP = Symbol('gave up');

/** How long the code of others is waited for. */
export interface Patience {
  /** As long as none of them aborts: for ever. */
  readonly signals: readonly AbortSignal[];
  /** After that so much longer, in milliseconds, */
  readonly graceMs: number;
  readonly clock: Clock;
  /** from the moment when this has ended; default: at once. */
  readonly untilIdle?: (() => Promise<unknown>) | undefined;
}

/** Waits for something that others do, which may never come to an end. */
export async function patiently<T>(
  work: Promise<T>,
  patience: Patience,
): Promise<T | typeof GAVE_UP> {
  const over = new AbortController();
  try {
    return await Promise.race([work, impatience(patience, over.signal)]);
  } finally {
    over.abort();
  }
}

function impatience(
  { signals, graceMs, clock, untilIdle = () => Promise.resolve() }: Patience,
  over: AbortSignal,
): Promise<typeof GAVE_UP> {
  return new Promise((resolve) => {
    let begun = false;
    let cancel = (): void => undefined;
    const begin = (): void => {
      if (begun) return;
      begun = true;
      void untilIdle().then(() => {
        if (over.aborted) return;
        cancel = clock.timer(graceMs, () => {
          resolve(GAVE_UP);
        });
      });
    };
    over.addEventListener('abort', () => {
      cancel();
      for (const signal of signals) signal.removeEventListener('abort', begin);
    });
    for (const signal of signals) {
      allowManyListeners(signal);
      signal.addEventListener('abort', begin);
    }
    if (signals.some((signal) => signal.aborted)) begin();
  });
}
