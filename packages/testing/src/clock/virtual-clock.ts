import { InvalidArgumentError, type Clock, type Duration } from '@proc/core';
import { parseDuration, readObject } from '@proc/core/internal';
import { EndlessTimeError } from '../errors/endless-time-error.js';
import { settled } from './settled.js';
import { TimerQueue } from './timer-queue.js';

/** How a virtual clock begins. */
export interface VirtualClockOptions {
  /** The time of day at the beginning; default: now. */
  readonly date?: Date | string | number | undefined;
  /** Timers, one after the other, after which it is taken that there is no end; default: 20,000. */
  readonly timerLimit?: number | undefined;
}

/** How far time passes. */
interface Passage {
  /** When it stops; milliseconds since the beginning. */
  readonly end?: number;
  /** Asked before each timer. */
  readonly until?: () => boolean;
  readonly most?: number;
}

/**
 * A clock that stands still until a test lets time pass. Given to `fake()`, everything around its fakes goes by it: the
 * delays of fakes, timeouts, idle timeouts, graces, the delays of retries, dates and durations, and the limits, waits
 * and progress of pools and pipelines as a whole. Between two timers everything is done that takes no time, so a test
 * sees the same order at each run.
 *
 * What really runs goes by the system's clock, and so does code that calls `setTimeout` itself.
 */
export class VirtualClock implements Clock {
  readonly #startedAt: number;
  readonly #timerLimit: number;
  readonly #timers = new TimerQueue();
  #now = 0;
  #turn: Promise<unknown> = Promise.resolve();
  #released = false;
  /** Timers that may still fire by themselves: what waits again and again must not keep this process alive. */
  #rest: number;

  /** @throws `InvalidArgumentError` for what is no date, and for options that there are not */
  constructor(options: VirtualClockOptions = {}) {
    const known = ['date', 'timerLimit'];
    const given = readObject(options, 'Options of a clock are given as', known);
    const { date = new Date(), timerLimit = 20_000 } = given;
    this.#timerLimit = timerLimit;
    this.#rest = timerLimit;
    this.#startedAt = new Date(date).getTime();
    if (Number.isNaN(this.#startedAt)) {
      throw new InvalidArgumentError(`A clock begins at a date; got ${String(date)}.`);
    }
  }

  /** Milliseconds since the beginning. */
  now(): number {
    return this.#now;
  }

  date(): Date {
    return new Date(this.#startedAt + this.#now);
  }

  timer(ms: number, fire: () => void): () => void {
    const cancel = this.#timers.add(this.#now + Math.max(0, ms), fire);
    if (this.#released) this.#runFree();
    return cancel;
  }

  /** How many timers are waiting for their time. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Whether time passes by itself: see {@link release}. */
  get released(): boolean {
    return this.#released;
  }

  /**
   * Lets so much time pass. Resolves when all that this brings about has happened.
   *
   * @throws `InvalidArgumentError` for what is no duration; {@link EndlessTimeError} when timers that take no time
   *   follow each other without end
   */
  advance(duration: Duration): Promise<void> {
    const ms = parseDuration(duration, 'time to pass');
    return this.#inTurn(async () => {
      const end = this.#now + ms;
      await this.#run({ end });
      this.#now = Math.max(this.#now, end);
    });
  }

  /**
   * Lets time pass until nothing waits for it any more.
   *
   * @throws {@link EndlessTimeError} when there is always something more to wait for
   */
  runAll(): Promise<void> {
    return this.#inTurn(() => this.#run({}));
  }

  /**
   * Lets just as much time pass as this needs to come to its end, and gives what it comes to.
   *
   * @throws what it rejects with; {@link EndlessTimeError} when time does not help
   */
  async runUntil<Value>(promise: PromiseLike<Value>): Promise<Value> {
    const state = { ended: false };
    const note = (): void => {
      state.ended = true;
    };
    const end = Promise.resolve(promise).then(note, note);
    for (;;) {
      await this.#inTurn(() => this.#run({ until: () => state.ended }));
      if (state.ended) return promise;
      // It waits for something that really happens.
      await Promise.race([end, this.#timers.added()]);
    }
  }

  /** Lets everything happen that takes no time. */
  settle(): Promise<void> {
    return this.#inTurn(settled);
  }

  /** Resolves when so much time has passed by this clock. */
  sleep(duration: Duration): Promise<void> {
    const ms = parseDuration(duration, 'time to sleep');
    return new Promise((resolve) => {
      this.timer(ms, resolve);
    });
  }

  /** What `AbortSignal.timeout()` is by the system's clock: aborted when so much time has passed by this one. */
  abortSignal(duration: Duration, reason: unknown = timeoutReason()): AbortSignal {
    const controller = new AbortController();
    this.timer(parseDuration(duration, 'time to the abort'), () => {
      controller.abort(reason);
    });
    return controller.signal;
  }

  /**
   * From now on time passes by itself, as fast as it can: for what is left when fakes are taken back, or when their
   * manager is shut down. A clock that has been released can not be given to fakes again.
   */
  release(): void {
    if (this.#released) return;
    this.#released = true;
    this.#runFree();
  }

  #runFree(): void {
    void this.#inTurn(() => this.#run({ until: () => this.#rest-- <= 0, most: Infinity }));
  }

  /** One after the other: two that let time pass at once would not know how much. */
  #inTurn(task: () => Promise<void>): Promise<void> {
    const done = this.#turn.then(task);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** Fires timer after timer, each at its time. */
  async #run({ end = Infinity, until = never, most = this.#timerLimit }: Passage): Promise<void> {
    await settled();
    for (let fired = 0; ; fired++) {
      const { due } = this.#timers;
      if (due === undefined || due > end || until()) return;
      // Where time has an end, only what does not let it come to that is endless.
      if (end !== Infinity && due > this.#now) fired = 0;
      if (fired >= most) {
        throw new EndlessTimeError(`After ${most} timers there is still one more to wait for.`);
      }
      this.#now = Math.max(this.#now, due);
      this.#timers.fire();
      await settled();
    }
  }
}

function never(): boolean {
  return false;
}

function timeoutReason(): DOMException {
  return new DOMException('The operation was aborted due to timeout', 'TimeoutError');
}

/**
 * A clock for `fake()` that stands still until the test lets time pass.
 *
 * @example
 * ```ts
 * const clock = virtualClock();
 * processes.fake({ build: processes.describe().delay('10m').output('done') }, { clock });
 * const build = processes.run('build', null, { timeout: '5m' });
 * await clock.advance('5m'); // the timeout has passed
 * ```
 */
export function virtualClock(options?: VirtualClockOptions): VirtualClock {
  return new VirtualClock(options);
}
