import type { ProcessExit } from '@proc/core';
import { realTime } from '@proc/core/internal';
import type { Libc } from '../native/libc.js';
import { exitOf, LOST } from './exit-status.js';

/** How often is looked where no SIGCHLD arrives: soon at first, in milliseconds. */
const FIRST_LOOK = 1;
const LATEST_LOOK = 25;
/** Where SIGCHLD arrives, in case somebody takes our listener away. */
const CALM_LOOK = 1000;
/** How long there is nothing to wait for until nobody listens: a copy of this module that is out of use is let go. */
const IDLE = 100;

/** So many are asked for one after the other. */
const FEW = 2;

/** How a process is waited for. */
export interface WaitOptions {
  readonly since: number;
  readonly holds: boolean;
}

/** A process that is waited for. */
interface Watched {
  readonly ended: (exit: ProcessExit) => void;
  readonly holds: boolean;
}

/**
 * Learns of the end of the processes that it was given, and of no others: each is asked for by its own number, so that
 * `child_process`, and whoever else starts programs here, keep theirs.
 *
 * It looks when SIGCHLD arrives. Node gives signals to the main thread only, and Jest keeps them from tests: until the
 * first one is seen, it also looks when a stream of a process ends, and now and then.
 */
export class Reaper {
  readonly #libc: Libc;
  readonly #beforeLook: () => void;
  readonly #watched = new Map<number, Watched>();
  #holding = 0;
  /** How many signals have arrived. */
  #signals = 0;
  /** How often has been begun to listen. */
  #beginnings = 0;
  #timer: NodeJS.Timeout | undefined;
  /** Whether the timer is set for a calm look. */
  #calm = false;
  #pause = FIRST_LOOK;

  /** @param beforeLook - called whenever some process may have ended */
  constructor(libc: Libc, beforeLook: () => void = () => undefined) {
    this.#libc = libc;
    this.#beforeLook = beforeLook;
  }

  /**
   * To be called before a process is started, so that its end can't be missed.
   *
   * @returns what `ended` is to be told
   */
  listen(): number {
    // Somebody may have removed all listeners.
    if (!process.listeners('SIGCHLD').includes(this.#hear)) {
      process.on('SIGCHLD', this.#hear);
      this.#beginnings++;
      // Nothing may come of the start.
      if (this.#watched.size === 0) this.#rest();
    }
    return this.#signals + this.#beginnings;
  }

  /**
   * Resolves when a process has ended, and has been reaped.
   *
   * @param since - what `listen` said before its start
   * @param holds - keeps this process alive until then
   */
  ended(pid: number, { since, holds }: WaitOptions): Promise<ProcessExit> {
    return new Promise((ended) => {
      this.#watched.set(pid, { ended, holds });
      if (holds) this.#holding++;
      this.#pause = FIRST_LOOK;
      this.#schedule();
      // What has been heard since, or missed, may be its own. Whoever gets the process listens to its streams by then.
      if (this.listen() !== since) realTime.setImmediate(this.#lookAtAll);
    });
  }

  /** Looks for one process, of which there is a sign that it has ended. */
  look(pid: number): void {
    if (this.#signals > 0 || !this.#watched.has(pid)) return;
    this.#reap(pid);
    if (!this.#watched.has(pid)) return;
    // Its descriptors are closed a moment before it can be reaped.
    this.#pause = FIRST_LOOK;
    this.#schedule();
  }

  readonly #hear = (): void => {
    this.#signals++;
    this.#lookAtAll();
  };

  readonly #lookAtAll = (): void => {
    this.#beforeLook();
    if (!this.#reapEnded()) this.#reapEach();
  };

  #reapEach(): void {
    for (const pid of this.#watched.keys()) this.#reap(pid);
  }

  /**
   * Reaps those that the system names: a few questions, however many run.
   *
   * @returns whether these are all, but for what somebody else has reaped of ours at the same time. Nobody knows where
   *   the first that it names is somebody else's, who has yet to reap it; and where it names none, ours may be lost.
   */
  #reapEnded(): boolean {
    if (this.#watched.size <= FEW) return false;
    for (let found = false; ; found = true) {
      const pid = this.#libc.endedChild();
      if (pid === undefined) return found;
      if (!this.#watched.has(pid)) return false;
      this.#reap(pid);
      if (this.#watched.has(pid)) return false;
    }
  }

  #reap(pid: number): void {
    const status = this.#libc.reap(pid);
    const watched = this.#watched.get(pid);
    if (status === undefined || watched === undefined) return;
    this.#watched.delete(pid);
    if (watched.holds) this.#holding--;
    this.#hold();
    watched.ended(status === 'lost' ? LOST : exitOf(status));
  }

  #schedule(): void {
    // What starts meanwhile does not put it off: nothing else finds what is lost.
    if (!this.#calm) {
      realTime.clearTimeout(this.#timer);
      this.#calm = this.#signals > 0;
      this.#timer = realTime.setTimeout(this.#lookAtEach, this.#calm ? CALM_LOOK : this.#pause);
    }
    this.#hold();
  }

  readonly #lookAtEach = (): void => {
    this.#calm = false;
    this.#beforeLook();
    this.#reapEach();
    this.#pause = Math.min(this.#pause * 2, LATEST_LOOK);
    if (this.#watched.size > 0) this.#schedule();
  };

  /** Only the timer keeps this process alive: signals do not. */
  #hold(): void {
    if (this.#watched.size === 0) this.#rest();
    else if (this.#holding === 0) this.#timer?.unref();
    else this.#timer?.ref();
  }

  #rest(): void {
    realTime.clearTimeout(this.#timer);
    this.#calm = false;
    this.#timer = realTime.setTimeout(() => process.off('SIGCHLD', this.#hear), IDLE).unref();
  }
}
