import { timerMs } from './timer-ms.js';

/** The time that an attempt of a task has. */
export class AttemptLimit {
  readonly #elapsed: () => void;
  readonly #timer: NodeJS.Timeout;

  /** @param elapsed - called when the time has passed, unless it is {@link end}ed before */
  constructor(ms: number, elapsed: () => void) {
    this.#elapsed = elapsed;
    this.#timer = setTimeout(elapsed, timerMs(ms));
  }

  /** Has the time pass at once. */
  elapse(): void {
    this.#elapsed();
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}
