import { realTime, Roster } from '@proc/core/internal';
import type { Libc } from '../native/libc.js';
import type { SpawnCall } from './spawn-call.js';

/** What the time is, and who is called when it has passed. */
interface Clock {
  readonly now: () => number;
  /** Keeps nothing alive. */
  readonly after: (ms: number, call: () => void) => void;
}

/** A test that stops the clock has no say in who gets a thread. */
const realClock: Clock = {
  now: realTime.now,
  after: (ms, call) => {
    realTime.setTimeout(call, ms).unref();
  },
};

/** Of the four threads that libuv has by default, for files and names too. */
const MOST_AT_ONCE = 3;

/** A start that has waited for so long, in milliseconds, waits for a thread: somebody else keeps them all busy. */
const SLOW_MS = 100;
/** For so long, in milliseconds, starts are then made without them. */
const WITHOUT_MS = 1000;

/** How long the end of this process waits for starts that have begun, in milliseconds. */
const AT_EXIT_MS = 1000;

/** What of `SpawnCall` it uses. */
type Call = Pick<SpawnCall, 'pid' | 'leads' | 'here' | 'inThread' | 'spoil'>;

/** A call that is being made. */
interface BegunCall {
  readonly call: Call;
  readonly began: number;
}

/**
 * Makes starts in threads of libuv's pool: `posix_spawn` waits until the program has been loaded, and the event loop
 * should not.
 */
export class SpawnThreads {
  readonly #libc: Pick<Libc, 'kill'>;
  readonly #clock: Clock;
  readonly #calls = new Roster<BegunCall>();
  readonly #waiting: (() => void)[] = [];
  #turns = 0;
  #looking = false;
  #withoutUntil = -Infinity;

  constructor(libc: Pick<Libc, 'kill'>, clock = realClock) {
    this.#libc = libc;
    this.#clock = clock;
  }

  /** Does something that makes one call, when few others do: each holds descriptors of its own meanwhile. */
  async inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    // Whoever can't have a thread need not wait for one.
    if (this.#turns >= MOST_AT_ONCE && !this.#areBusy()) {
      await this.#turn();
    } else this.#turns++;
    try {
      return await work();
    } finally {
      // A turn is handed on.
      const next = this.#waiting.shift();
      if (next === undefined) this.#turns--;
      else next();
    }
  }

  #turn(): Promise<void> {
    this.#lookSoon();
    return new Promise((turn) => this.#waiting.push(turn));
  }

  #lookSoon(): void {
    if (this.#looking) return;
    this.#looking = true;
    this.#clock.after(SLOW_MS, this.#letGo);
  }

  /** Nobody waits behind those who get no thread: what keeps it from them may need the very program. */
  readonly #letGo = (): void => {
    this.#looking = false;
    if (this.#waiting.length === 0) return;
    if (!this.#areBusy()) this.#lookSoon();
    else {
      this.#turns += this.#waiting.length;
      for (const turn of this.#waiting.splice(0)) turn();
    }
  };

  /**
   * Makes a call.
   *
   * @returns the process id of the program
   * @throws the system's error
   */
  async make(call: Call): Promise<number> {
    if (this.#areBusy()) return call.here();
    if (this.#calls.size === 0) process.on('exit', this.#atExit);
    const leave = this.#calls.enter({ call, began: this.#clock.now() });
    try {
      return await call.inThread();
    } finally {
      leave();
      if (this.#calls.size === 0) process.off('exit', this.#atExit);
    }
  }

  /** A call that is over, and only has not been heard of yet, has its process id. */
  #areBusy(): boolean {
    const now = this.#clock.now();
    for (const { call, began } of this.#calls) {
      if (now - began > SLOW_MS && call.pid === 0) this.#withoutUntil = now + WITHOUT_MS;
    }
    return now < this.#withoutUntil;
  }

  /** Ends what nobody has been given: whoever asked for it is gone. */
  readonly #atExit = (): void => {
    const deadline = this.#clock.now() + AT_EXIT_MS;
    const moment = new Int32Array(new SharedArrayBuffer(4));
    for (const { call } of this.#calls) {
      while (call.pid === 0 && this.#clock.now() < deadline) Atomics.wait(moment, 0, 0, 1);
      // The threads go on until all that waits for them is done.
      call.spoil();
      const { pid, leads } = call;
      if (pid > 0) this.#libc.kill(leads ? -pid : pid, 'SIGKILL');
    }
  };
}
