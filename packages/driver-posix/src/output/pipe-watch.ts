import { realTime } from '@proc/core/internal';
import type { Epoll } from '../native/epoll.js';

/** How often is looked at pipes while no program ends, in milliseconds. */
const EVERY_MS = 4;

/** A pipe that is looked at now and then. */
export interface WatchedPipe {
  readonly descriptor: number;
  /** There is something to be read, or its end. */
  becomesReadable(): void;
  /** Once in a while; a pipe that gets old should not be watched this way any longer. */
  ages(): void;
}

/**
 * Looks at the pipes of programs that have just been started: whenever a program has ended, and now and then. One
 * question to the system serves all of them, and its answer is in the order in which they were written to.
 */
export class PipeWatch {
  readonly #epoll: Pick<Epoll, 'add' | 'remove' | 'ready'>;
  /** By descriptor: small numbers. A map would keep those that have left for long: see `Roster` in core. */
  readonly #pipes: (WatchedPipe | undefined)[] = [];
  #count = 0;
  readonly #reserved = new Set<number>();
  #timer: NodeJS.Timeout | undefined;

  constructor(epoll: Pick<Epoll, 'add' | 'remove' | 'ready'>) {
    this.#epoll = epoll;
  }

  /**
   * For a pipe that is added when its program runs: from now on it is known when it was written to.
   */
  reserve(descriptor: number): void {
    if (this.#epoll.add(descriptor)) this.#reserved.add(descriptor);
  }

  /** Of what is not added after all; to be called before the descriptor is closed. */
  release(descriptor: number): void {
    if (this.#reserved.delete(descriptor)) this.#epoll.remove(descriptor);
  }

  /**
   * Keeps this process alive until the pipe is taken out again.
   *
   * @returns whether it is watched: the system may have no room for one more
   */
  add(pipe: WatchedPipe): boolean {
    const { descriptor } = pipe;
    if (!this.#reserved.delete(descriptor) && !this.#epoll.add(descriptor)) return false;
    this.#pipes[descriptor] = pipe;
    this.#count++;
    if (this.#timer === undefined) this.#timer = realTime.setTimeout(this.#age, EVERY_MS);
    else this.#timer.ref();
    return true;
  }

  /** To be called before its descriptor is closed; once it is taken out, its number may be that of another pipe. */
  remove(pipe: WatchedPipe): void {
    const { descriptor } = pipe;
    if (this.#pipes[descriptor] !== pipe) return;
    this.#pipes[descriptor] = undefined;
    this.#count--;
    this.#epoll.remove(descriptor);
    // The next program may follow at once: then its pipes take over the timer.
    if (this.#count === 0) this.#timer?.unref();
  }

  /** Lets each pipe read that has something. */
  look(): void {
    if (this.#count === 0) return;
    for (const descriptor of this.#epoll.ready()) this.#pipes[descriptor]?.becomesReadable();
  }

  readonly #age = (): void => {
    this.look();
    for (const pipe of [...this.#pipes]) pipe?.ages();
    if (this.#count > 0) this.#timer?.refresh();
    else this.#timer = undefined;
  };
}
