import type { Symbols } from './symbols.js';

/** `EPOLL_CLOEXEC`, `EPOLL_CTL_ADD`, `EPOLL_CTL_DEL`, `EPOLLIN`: <sys/epoll.h>. */
const CLOSE_ON_EXEC = 0o2000000;
const ADD = 1;
const REMOVE = 2;
const READABLE = 1;

/** As many are asked for at once. */
const MOST_EVENTS = 256;

/** What of `Libc` it uses. */
interface EpollLibrary {
  readonly symbols: Pick<Symbols, 'epoll'>;
}

/**
 * Says which of many descriptors can be read, in the order in which they became readable: `epoll(7)`, which is there on
 * Linux.
 */
export class Epoll {
  readonly #calls: NonNullable<Symbols['epoll']>;
  #descriptor: number | undefined;
  /** A `struct epoll_event` is three words long on x86, where it has no padding, and four elsewhere. */
  readonly #words: number;
  readonly #event: Int32Array;
  readonly #events: Int32Array;

  private constructor(calls: NonNullable<Symbols['epoll']>, arch: NodeJS.Architecture) {
    this.#calls = calls;
    this.#words = arch === 'x64' || arch === 'ia32' ? 3 : 4;
    this.#event = new Int32Array(this.#words);
    this.#events = new Int32Array(this.#words * MOST_EVENTS);
  }

  /**
   * One that is opened when it is first needed, and then for as long as this process lives.
   *
   * @returns `undefined` where the system has none
   */
  static of(library: EpollLibrary, arch: NodeJS.Architecture = process.arch): Epoll | undefined {
    const { epoll } = library.symbols;
    return epoll === undefined ? undefined : new Epoll(epoll, arch);
  }

  /** @returns whether it will be told of: a user may watch only so many, and have only so many files open */
  add(descriptor: number): boolean {
    if (this.#descriptor === undefined) {
      const opened = this.#calls.create(CLOSE_ON_EXEC);
      if (opened < 0) return false;
      this.#descriptor = opened;
    }
    this.#event[0] = READABLE;
    this.#event[this.#descriptorAt] = descriptor;
    return this.#calls.control(this.#descriptor, ADD, descriptor, this.#event) === 0;
  }

  /** To be called before the descriptor is closed. */
  remove(descriptor: number): void {
    if (this.#descriptor === undefined) return;
    this.#calls.control(this.#descriptor, REMOVE, descriptor, this.#event);
  }

  /** Those that can be read, or are at their end; never waits. More than it says may follow at the next call. */
  ready(): readonly number[] {
    if (this.#descriptor === undefined) return [];
    const count = this.#calls.wait(this.#descriptor, this.#events, MOST_EVENTS, 0);
    return Array.from(
      { length: Math.max(0, count) },
      (_, index) => this.#events[index * this.#words + this.#descriptorAt] ?? -1,
    );
  }

  /** Its data follows the mask, at the next word or at the next double word. */
  get #descriptorAt(): number {
    return this.#words - 2;
  }
}
