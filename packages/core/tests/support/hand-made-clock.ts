import type { Clock, TimerOptions } from '../../src/contracts/clock.js';
import { settled } from './captured.js';

interface HandMadeTimer extends TimerOptions {
  readonly at: number;
  readonly fire: () => void;
}

/** A clock that the test turns by hand. */
export class HandMadeClock implements Clock {
  readonly timers: HandMadeTimer[] = [];
  released = 0;
  #now: number;

  constructor(now = 0) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
  }

  date(): Date {
    return new Date(this.#now);
  }

  timer(ms: number, fire: () => void, options: TimerOptions = {}): () => void {
    const timer = { ...options, at: this.#now + ms, fire };
    this.timers.push(timer);
    return () => {
      if (this.timers.includes(timer)) this.timers.splice(this.timers.indexOf(timer), 1);
    };
  }

  release(): void {
    this.released++;
  }

  /** Lets time pass, and everything happen that this brings about. */
  async pass(ms: number): Promise<void> {
    await settled();
    const end = this.#now + ms;
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.timers.splice(this.timers.indexOf(next), 1);
      this.#now = Math.max(this.#now, next.at);
      next.fire();
      await settled();
    }
    this.#now = end;
  }

  #next(end: number): HandMadeTimer | undefined {
    const due = this.timers.filter(({ at }) => at <= end);
    return due.sort((one, other) => one.at - other.at)[0];
  }
}
