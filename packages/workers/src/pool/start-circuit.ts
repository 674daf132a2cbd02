import { PoolBrokenError } from '../errors/pool-broken-error.js';

/** The longest time without a try. */
const LONGEST_MS = 30_000;

/**
 * Decides whether workers may be started. After some failures in a row it is open: none is started for a while, then
 * one is, and when that fails, none for twice as long.
 */
export class StartCircuit {
  readonly #limit: number;
  readonly #cooldownMs: number;
  #failures = 0;
  #openUntil = 0;
  #cause: unknown;

  constructor(limit: number, cooldownMs: number) {
    this.#limit = limit;
    this.#cooldownMs = cooldownMs;
  }

  /** Whether so many failed that it takes a success to trust it again. */
  get isTripped(): boolean {
    return this.#failures >= this.#limit;
  }

  /** Whether none may be started now. */
  isOpen(now: number): boolean {
    return this.isTripped && now < this.#openUntil;
  }

  /** What tasks are told that can not run for it. */
  errorOf(poolName: string): PoolBrokenError {
    return new PoolBrokenError(poolName, this.#failures, this.#cause);
  }

  succeed(): void {
    this.#failures = 0;
    this.#cause = undefined;
  }

  fail(cause: unknown, now: number): void {
    this.#failures += 1;
    this.#cause = cause;
    const times = Math.max(0, this.#failures - this.#limit);
    this.#openUntil = now + Math.min(LONGEST_MS, this.#cooldownMs * 2 ** times);
  }
}
