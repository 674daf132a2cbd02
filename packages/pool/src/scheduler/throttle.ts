import type { Clock } from '@proc/core';

/** Waits between two tries, in milliseconds; each is shortened by up to a half, so that pools do not keep in step. */
const FIRST_DELAY = 50;
const LONGEST_DELAY = 2000;
/** How long nothing may run until a warning says why. */
const SILENT_MS = 60_000;

/** What a throttle needs of the scheduler around it. */
export interface ThrottleOptions {
  /** How long there may be no room for anything before jobs fail for it, in milliseconds. */
  readonly patienceMs: number;
  /** What it waits by; looked up anew each time. */
  readonly clock: () => Clock;
  /** How wide the window is without a throttle. */
  readonly width: () => number;
  /** More may be tried again. */
  readonly onRetry: () => void;
}

/**
 * Keeps a scheduler from starting more than the machine has room for: narrower at each lack of descriptors, processes
 * or memory, wider again as jobs end well, and with time.
 */
export class Throttle {
  readonly #options: ThrottleOptions;
  #limit = Number.POSITIVE_INFINITY;
  #delay = FIRST_DELAY;
  #cancelTimer: (() => void) | undefined;
  #holds = false;
  /** Since when nothing ran and nothing could be started. */
  #stuckSince: number | null = null;
  #hasWarned = false;

  constructor(options: ThrottleOptions) {
    this.#options = options;
  }

  /** The widest that the window may be now. */
  get limit(): number {
    return this.#limit;
  }

  get active(): boolean {
    return this.#limit !== Number.POSITIVE_INFINITY;
  }

  /** Whether nothing is to be tried now, not even one job alone. */
  get holds(): boolean {
    return this.#holds;
  }

  /** Whether there has been no room for too long. A lack while other jobs run says nothing: they will end. */
  gaveUp(othersRun: boolean): boolean {
    if (othersRun) {
      this.#stuckSince = null;
      return false;
    }
    const now = this.#options.clock().now();
    this.#stuckSince ??= now;
    const stuckMs = now - this.#stuckSince;
    if (stuckMs > this.#options.patienceMs) return true;
    if (stuckMs > SILENT_MS) this.#warn();
    return false;
  }

  /** Who waits in silence looks like who hangs. */
  #warn(): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    process.emitWarning(
      'A pool has been waiting for a minute: the system has no descriptors, processes or memory for any of its ' +
        'entries. It tries on; see the option `patience`.',
      { type: 'ProcessPoolWarning', code: 'PROC_POOL_WAITS' },
    );
  }

  /** There was no room for more than what is running. */
  tighten(running: number): void {
    this.#limit = Math.max(1, Math.min(this.#limit, running));
    this.#holds = true;
    if (this.#cancelTimer === undefined) this.#wait();
  }

  /** A job ran: as many of them as fit at once make room for one more. */
  relax(): void {
    if (!this.active) return;
    this.#stuckSince = null;
    this.#holds = false;
    this.#delay = FIRST_DELAY;
    this.#widen(1 / this.#limit);
  }

  /** Nothing is to be tried any more. */
  rest(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#holds = false;
    this.#limit = Number.POSITIVE_INFINITY;
  }

  /** Others than our own jobs may have made room: so more is tried from time to time. */
  #wait(): void {
    const delay = this.#delay * (1 - Math.random() / 2);
    this.#delay = Math.min(2 * this.#delay, LONGEST_DELAY);
    this.#cancelTimer = this.#options.clock().timer(delay, () => {
      this.#cancelTimer = undefined;
      this.#holds = false;
      this.#widen(1);
      if (this.active) this.#wait();
      this.#options.onRetry();
    });
  }

  #widen(by: number): void {
    this.#limit += by;
    if (this.#limit >= this.#options.width()) this.#limit = Number.POSITIVE_INFINITY;
  }
}
