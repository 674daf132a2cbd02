import { isMainThread } from 'node:worker_threads';
import {
  allowManyListeners,
  InvalidArgumentError,
  isAbortSignal,
  parseDuration,
  realTime,
  showValue,
} from '@proc/core/essentials';
import { WAITING } from '../client/read-wait.js';
import { requireKnown } from '../client/require-known.js';
import type { WaitOptions } from '../contracts/wait-options.js';
import { errorOfFault } from '../errors/error-of-fault.js';

/** The longest time without a look at the memory: who was told of a change may have been lost with the news. */
const LONGEST_WAIT = 500;

type AsyncWait =
  | { readonly async: false; readonly value: string }
  | { readonly async: true; readonly value: Promise<string> };

/** Part of every supported Node, and not of the declarations of this version of ECMAScript. */
const atomics = Atomics as unknown as {
  waitAsync(cells: Int32Array, index: number, value: number, timeout: number): AsyncWait;
};

/** What an attempt came to that has to be made again when a cell is not what it was any more. */
export class Blocked {
  constructor(
    readonly index: number,
    readonly seen: number,
  ) {}
}

/** Tries at once: gives what it comes to, or what it has to wait for. */
export type Attempt<T> = () => T | Blocked;

/** How long a call may wait for a cell to change. */
export class Deadline {
  readonly #end: number;
  readonly #timeoutMs: number;
  readonly #signal: AbortSignal | undefined;

  /** @throws {@link InvalidArgumentError} for a bad duration, and for a signal that is none */
  constructor(
    private readonly what: { readonly op: string; readonly name: string },
    options: WaitOptions,
  ) {
    requireKnown(what.op, options, WAITING);
    const { timeout, signal } = options;
    if (signal !== undefined && !isAbortSignal(signal)) {
      throw new InvalidArgumentError(`signal is an AbortSignal, not ${showValue(signal)}.`);
    }
    this.#timeoutMs = timeout === undefined ? Infinity : parseDuration(timeout, 'timeout');
    this.#end = realTime.now() + this.#timeoutMs;
    this.#signal = signal;
  }

  /**
   * Makes an attempt until it is not blocked any more.
   *
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}, and what the attempt throws
   */
  async until<T>(cells: Int32Array, attempt: Attempt<T>): Promise<T> {
    for (;;) {
      const outcome = attempt();
      if (!(outcome instanceof Blocked)) return outcome;
      await this.#change(cells, outcome);
    }
  }

  /** As {@link until}, and blocks the thread. @throws {@link InvalidArgumentError} on the main thread */
  untilSync<T>(cells: Int32Array, attempt: Attempt<T>): T {
    for (;;) {
      const outcome = attempt();
      if (!(outcome instanceof Blocked)) return outcome;
      this.#changeSync(cells, outcome);
    }
  }

  /** @throws {@link InvalidArgumentError} on the main thread */
  requireThread(): void {
    if (!isMainThread) return;
    throw new InvalidArgumentError(
      `${this.what.op}Sync would block the main thread, with all that it serves. Use ${this.what.op}.`,
    );
  }

  async #change(cells: Int32Array, { index, seen }: Blocked): Promise<void> {
    const wait = atomics.waitAsync(cells, index, seen, this.#remaining());
    if (!wait.async) return;
    // Waiting for memory keeps no process alive.
    const alive = realTime.setInterval(() => undefined, LONGEST_WAIT);
    const signal = this.#signal;
    let stop = (): void => undefined;
    const aborted = new Promise<void>((resolve) => {
      stop = resolve;
    });
    if (signal !== undefined) {
      allowManyListeners(signal);
      signal.addEventListener('abort', stop, { once: true });
    }
    try {
      await Promise.race([wait.value, aborted]);
    } finally {
      realTime.clearInterval(alive);
      signal?.removeEventListener('abort', stop);
    }
  }

  #changeSync(cells: Int32Array, { index, seen }: Blocked): void {
    this.requireThread();
    Atomics.wait(cells, index, seen, this.#remaining());
  }

  #remaining(): number {
    if (this.#signal?.aborted === true) {
      throw errorOfFault({ code: 'cancelled' }, { ...this.what, signal: this.#signal });
    }
    const remaining = this.#end - realTime.now();
    if (remaining > 0) return Math.min(remaining, LONGEST_WAIT);
    throw errorOfFault({ code: 'timeout', timeoutMs: this.#timeoutMs }, this.what);
  }
}
