import type { Clock, ClockSource } from '../contracts/clock.js';
import { systemClock } from './system-clock.js';

/** The clocks that have been put in place of the system's; the last one counts. */
export class ClockStack {
  #sources: readonly ClockSource[] = [];

  get current(): Clock {
    for (const source of this.#sources.toReversed()) {
      const clock = resolve(source);
      if (clock !== undefined) return clock;
    }
    return systemClock;
  }

  /** @returns a function that takes it out again; what is below it counts then */
  use(source: ClockSource): () => void {
    const entry: ClockSource = typeof source === 'function' ? () => source() : () => source;
    this.#sources = [...this.#sources, entry];
    return () => {
      this.#sources = this.#sources.filter((other) => other !== entry);
    };
  }

  /** Nobody is left to let time pass. */
  release(): void {
    for (const source of this.#sources) resolve(source)?.release?.();
  }
}

function resolve(source: ClockSource): Clock | undefined {
  return typeof source === 'function' ? source() : source;
}
