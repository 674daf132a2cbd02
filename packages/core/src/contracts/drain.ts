import type { Duration } from './duration.js';

/** How long output is waited for after the exit, while a descendant still holds it open. */
export interface DrainOptions {
  /** Silence that ends the wait; default 250 ms. */
  readonly idle?: Duration | undefined;
  /** The whole wait, however much still comes; default 5 s. */
  readonly longest?: Duration | undefined;
}

/** The same, resolved: in milliseconds. */
export interface DrainSpec {
  readonly idleMs: number;
  readonly longestMs: number;
}
