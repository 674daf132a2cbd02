import { setTimeout } from 'node:timers';

/** How often a pipe is looked at, in milliseconds. */
const EVERY_MS = 4;

/** A pipe that somebody reads from, while there is nothing in it. */
export interface WatchedPipe {
  look(): void;
}

/** Looks now and then at the pipes of programs that have just been started; one timer serves them all. */
export class PipeWatch {
  readonly #pipes = new Set<WatchedPipe>();
  #timer: NodeJS.Timeout | undefined;

  /** Keeps this process alive until the pipe is taken out again. */
  add(pipe: WatchedPipe): void {
    this.#pipes.add(pipe);
    if (this.#timer === undefined) this.#timer = setTimeout(this.#look, EVERY_MS);
    else this.#timer.ref();
  }

  remove(pipe: WatchedPipe): void {
    // The next program may follow at once: then its pipes take over the timer.
    if (this.#pipes.delete(pipe) && this.#pipes.size === 0) this.#timer?.unref();
  }

  readonly #look = (): void => {
    for (const pipe of [...this.#pipes]) pipe.look();
    if (this.#pipes.size > 0) this.#timer?.refresh();
    else this.#timer = undefined;
  };
}
