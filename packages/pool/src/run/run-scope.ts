import type { Clock } from '@proc/core';
import { allowManyListeners } from '@proc/core/internal';

/** What ends a run from outside. */
export interface RunScopeOptions {
  readonly timeoutMs: number | null;
  readonly signal: AbortSignal | null;
  readonly clock: Clock;
  readonly onTimeout: (limitMs: number) => void;
  readonly onAbort: (reason: unknown) => void;
}

/** Owns the timer and the listener of one run, and the signal that cancels all its entries at once. */
export class RunScope {
  readonly #options: RunScopeOptions;
  readonly #controller = new AbortController();
  readonly #listener = (): void => this.#options.onAbort(this.#options.signal?.reason);
  #cancelTimer: (() => void) | undefined;

  constructor(options: RunScopeOptions) {
    this.#options = options;
    // As many entries listen as run at once: that is no leak.
    allowManyListeners(this.#controller.signal);
  }

  /** Passed to every entry. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get clock(): Clock {
    return this.#options.clock;
  }

  /** Begins to listen and to count; a signal that is aborted already counts at once. */
  enter(): void {
    const { clock, signal, timeoutMs, onTimeout } = this.#options;
    if (timeoutMs !== null) {
      this.#cancelTimer = clock.timer(timeoutMs, () => onTimeout(timeoutMs));
    }
    if (signal === null) return;
    if (signal.aborted) {
      this.#listener();
      return;
    }
    // Many pools may share a signal.
    allowManyListeners(signal);
    signal.addEventListener('abort', this.#listener, { once: true });
  }

  cancel(reason: unknown): void {
    this.#controller.abort(reason);
  }

  leave(): void {
    this.#cancelTimer?.();
    this.#options.signal?.removeEventListener('abort', this.#listener);
  }
}
