import type { Clock } from '@proc/core';
import { pause } from '@proc/core/internal';

/** Longer than a process is given that was asked to end, so that one that does not has been killed by then. */
const LONGEST_MS = 10_000;

/** What the function of a stage still does when the stage has ended: it may have processes of its own to end. */
export class LastWork {
  readonly #clock: Clock;
  #heeded = false;
  #work: Promise<unknown> = Promise.resolve();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The function has taken the signal, and so will notice the end; of any other nobody knows whether it ever will. */
  heeds(signal: AbortSignal): AbortSignal {
    this.#heeded = true;
    return signal;
  }

  /** It goes on with this. */
  goesOn(work: Promise<unknown>): void {
    this.#work = work.catch(() => undefined);
  }

  /** Resolves when it is done, within {@link LONGEST_MS}. Never rejects. */
  async done(): Promise<void> {
    if (!this.#heeded) return;
    const finished = new AbortController();
    void this.#work.then(() => finished.abort());
    await pause(LONGEST_MS, { clock: this.#clock, signals: [finished.signal] });
  }
}
