import { realTime } from '@proc/core/internal';

/** The part of a lease that is left unused: clocks do not run alike. */
const MARGIN = 0.05;

/** Nothing else keeps a timer from coming in time. */
export const HELD_UP = 'its lease has ended while this process was stopped, or busy';

/**
 * Until when this process may count on what Redis keeps for it for a time. It ends here before it can end there, by
 * this process's own clock: time counts from before Redis was asked.
 */
export class LocalLease {
  readonly #onEnd: (reason: string) => void;
  #until = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** @param onEnd - called once, when it has not been extended in time */
  constructor(onEnd: (reason: string) => void) {
    this.#onEnd = onEnd;
  }

  /** Also true before the timer has come to say so: in a process that was stopped, everything is late. */
  get isOver(): boolean {
    return realTime.now() >= this.#until;
  }

  /** @param askedAt - when Redis was asked, as of `performance.now()` */
  extend(askedAt: number, ms: number): void {
    this.stop();
    this.#until = askedAt + ms * (1 - MARGIN);
    const end = (): void => {
      const late = realTime.now() - this.#until;
      this.#onEnd(late > ms * MARGIN ? HELD_UP : 'its lease could not be renewed in time');
    };
    // Redis may have answered after the end; Node 24 warns of a timer of less than no time.
    this.#timer = realTime.setTimeout(end, Math.max(0, this.#until - realTime.now())).unref();
  }

  /** Nobody is called any more. */
  stop(): void {
    realTime.clearTimeout(this.#timer);
  }
}
