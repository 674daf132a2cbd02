interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** Timers in the order of their times; those of the same time in the order in which they were set. */
export class TimerQueue {
  readonly #timers: Timer[] = [];
  #onAdded: (() => void)[] = [];

  get size(): number {
    return this.#timers.length;
  }

  /** When the next one is due; `undefined` when there is none. */
  get due(): number | undefined {
    return this.#timers[0]?.at;
  }

  /** @returns a function that takes it out again */
  add(at: number, fire: () => void): () => void {
    const timer = { at, fire };
    const later = this.#timers.findLastIndex((other) => other.at <= at) + 1;
    this.#timers.splice(later, 0, timer);
    for (const tell of this.#onAdded.splice(0)) tell();
    return () => {
      const index = this.#timers.indexOf(timer);
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  /** Resolves when the next timer is set. */
  added(): Promise<void> {
    return new Promise((resolve) => {
      this.#onAdded.push(resolve);
    });
  }

  /** Takes the next one out and fires it. */
  fire(): void {
    this.#timers.shift()?.fire();
  }
}
