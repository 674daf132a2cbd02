import type { Clock } from '@proc/core';
import { patiently } from '@proc/core/internal';

/** How long others may still be at work when the pool was ended, in milliseconds. */
const LONGEST_MS = 10_000;

/** Callbacks and iterables of others that are at work on what they were told: a pool waits for them. */
export class LastCalls {
  readonly #clock: Clock;
  readonly #ended = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The pool was ended: nothing may hold it up for ever now. */
  hurry(): void {
    this.#ended.abort();
  }

  /** Resolves when it is done; once the pool was ended, within {@link LONGEST_MS}. The work must not reject. */
  async until(work: Promise<unknown>): Promise<void> {
    const signals = [this.#ended.signal];
    await patiently(work, { signals, graceMs: LONGEST_MS, clock: this.#clock });
  }
}
