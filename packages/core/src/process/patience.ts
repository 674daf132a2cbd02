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
  /** from the moment when this has ended, which must not reject; default: at once. */
  readonly untilIdle?: (() => Promise<unknown>) | undefined;
}

/** Waits for something that others do, which may never come to an end. */
export async function patiently<T>(
  work: Promise<T>,
  patience: Patience,
): Promise<T | typeof GAVE_UP> {
  const impatience = new Impatience(patience);
  try {
    return await Promise.race([work, impatience.gaveUp]);
  } finally {
    impatience.close();
  }
}

/** Grows when one of the signals aborts, until nobody waits any longer. */
class Impatience {
  /** Stays as it is without a signal that aborts. */
  readonly gaveUp: Promise<typeof GAVE_UP>;
  readonly #patience: Patience;
  #giveUp!: (symbol: typeof GAVE_UP) => void;
  #begun = false;
  #closed = false;
  #cancel: (() => void) | undefined;

  constructor(patience: Patience) {
    this.#patience = patience;
    this.gaveUp = new Promise((resolve) => {
      this.#giveUp = resolve;
    });
    for (const signal of patience.signals) {
      allowManyListeners(signal);
      signal.addEventListener('abort', this.#begin);
    }
    if (patience.signals.some((signal) => signal.aborted)) this.#begin();
  }

  close(): void {
    this.#closed = true;
    this.#cancel?.();
    for (const signal of this.#patience.signals) signal.removeEventListener('abort', this.#begin);
  }

  readonly #begin = (): void => {
    if (this.#begun) return;
    this.#begun = true;
    const { untilIdle, graceMs, clock } = this.#patience;
    void (untilIdle?.() ?? Promise.resolve()).then(() => {
      if (this.#closed) return;
      this.#cancel = clock.timer(graceMs, () => {
        this.#giveUp(GAVE_UP);
      });
    });
  };
}
