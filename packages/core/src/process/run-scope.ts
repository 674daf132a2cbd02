import type { Clock } from '../contracts/clock.js';
import { realTime } from '../clock/real-time.js';
import { systemClock } from '../clock/system-clock.js';

/** A timer that is so late says that the event loop was blocked, or the machine asleep. */
const LATE_MS = 20;

/** Owns the timers, listeners and descriptors of one run; closing it frees them all, whatever order they came in. */
export class RunScope {
  readonly clock: Clock;
  readonly #cleanups = new Set<() => void>();
  #closed = false;

  constructor(clock: Clock = systemClock) {
    this.clock = clock;
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Runs `cleanup` at the close; at once when that has passed. The returned function takes it out again. */
  defer(cleanup: () => void): () => void {
    if (this.#closed) {
      cleanup();
      return () => undefined;
    }
    this.#cleanups.add(cleanup);
    return () => this.#cleanups.delete(cleanup);
  }

  /**
   * Calls `fire` after a time, unless the scope is closed before; the returned function cancels it. When the event
   * loop was blocked, what has happened in the meantime (an exit, output) is heard of first.
   */
  timer(ms: number, fire: () => void): () => void {
    if (this.#closed) return () => undefined;
    const { clock } = this;
    const due = clock.now() + ms;
    let immediate: NodeJS.Immediate | undefined;
    const expire = (): void => {
      forget();
      fire();
    };
    const cancel = clock.timer(ms, () => {
      if (clock.now() - due < LATE_MS) expire();
      else immediate = realTime.setImmediate(expire);
    });
    const clear = (): void => {
      cancel();
      realTime.clearImmediate(immediate);
    };
    const forget = this.defer(clear);
    return () => {
      forget();
      clear();
    };
  }

  close(): void {
    this.#closed = true;
    for (const cleanup of this.#cleanups) cleanup();
    this.#cleanups.clear();
  }
}
