/** Owns the timers, listeners and descriptors of one run; closing it frees them all, whatever order they came in. */
export class RunScope {
  readonly #cleanups = new Set<() => void>();
  #closed = false;

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

  /** Calls `fire` after a time, unless the scope is closed before; the returned function cancels it. */
  timer(ms: number, fire: () => void): () => void {
    if (this.#closed) return () => undefined;
    const timeout = setTimeout(() => {
      forget();
      fire();
    }, ms);
    const clear = (): void => {
      clearTimeout(timeout);
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
