/** Weights may be fractions, whose sum is not exact. */
const SLACK = 1e-9;

/** The window of a scheduler: how much of it is taken. */
export class Places {
  /** Takes effect for what starts from now on. */
  width: number;
  readonly #now: () => number;
  #taken = 0;
  #count = 0;
  #busyMs = 0;
  #busySince = 0;

  /** @param now - the time, in milliseconds */
  constructor(width: number, now: () => number) {
    this.width = width;
    this.#now = now;
  }

  /** Whether nothing is in it. */
  get empty(): boolean {
    return this.#count === 0;
  }

  /** For how long something was in it, in milliseconds. */
  get busyMs(): number {
    return this.empty ? this.#busyMs : this.#busyMs + this.#now() - this.#busySince;
  }

  /** The sum of the weights of what is in it. */
  get taken(): number {
    return this.#taken;
  }

  /** Whether one of that weight may come in. Alone, anything may. */
  fits(weight: number, limit = Number.POSITIVE_INFINITY): boolean {
    return this.empty || this.#taken + weight <= Math.min(this.width, limit) + SLACK;
  }

  /** Whether nothing may come in, however light. */
  full(limit: number): boolean {
    return !this.empty && this.#taken + SLACK >= Math.min(this.width, limit);
  }

  take(weight: number): void {
    if (this.empty) this.#busySince = this.#now();
    this.#count += 1;
    this.#taken += weight;
  }

  free(weight: number): void {
    this.#busyMs = this.busyMs;
    this.#busySince = this.#now();
    this.#count -= 1;
    this.#taken = this.#count === 0 ? 0 : this.#taken - weight;
  }
}
