import { realTime } from '@proc/core/essentials';
import type { WaitOptions } from '../contracts/wait-options.js';
import { errorOfFault } from '../errors/error-of-fault.js';
import { readWait, type Wait } from './read-wait.js';

/** The longest that a timer takes. */
const LONGEST_MS = 2 ** 31 - 1;

/** Lets those who ask for the same thing have it one after the other, in the order of asking. */
export class Turns {
  readonly #op: string;
  readonly #name: string;
  /** Over when all who have asked so far have theirs, or have given up. */
  #last: Promise<unknown> | undefined;

  constructor(op: string, name: string) {
    this.#op = op;
    this.#name = name;
  }

  /**
   * @param work - called when its turn has come, with what is left of the time
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError} before its turn has come; then what `work` throws
   */
  async take<T>(
    options: WaitOptions | undefined,
    work: (options: WaitOptions | undefined) => Promise<T>,
  ): Promise<T> {
    const before = this.#last;
    const mine =
      before === undefined
        ? work(options)
        : this.#await(before, options).then((rest) => work(rest));
    const turn = Promise.allSettled([before, mine]);
    this.#last = turn;
    try {
      return await mine;
    } finally {
      void turn.then(() => {
        if (this.#last === turn) this.#last = undefined;
      });
    }
  }

  async #await(before: Promise<unknown>, options: WaitOptions | undefined): Promise<WaitOptions> {
    const wait = readWait(this.#op, options);
    const began = realTime.now();
    await this.#patiently(before, wait);
    const { timeoutMs, signal } = wait;
    const rest =
      timeoutMs === undefined ? undefined : Math.max(0, timeoutMs - (realTime.now() - began));
    return { timeout: rest, signal };
  }

  #patiently(before: Promise<unknown>, { timeoutMs, signal }: Wait): Promise<unknown> {
    const call = { op: this.#op, name: this.#name, signal };
    return new Promise((resolve, reject) => {
      const cancel = (): void => {
        reject(errorOfFault({ code: 'cancelled' }, call));
      };
      let timer: NodeJS.Timeout | undefined;
      if (timeoutMs !== undefined && timeoutMs !== Infinity) {
        const late = (): void => {
          reject(errorOfFault({ code: 'timeout', timeoutMs }, call));
        };
        timer = realTime.setTimeout(late, Math.min(timeoutMs, LONGEST_MS));
      }
      if (signal?.aborted === true) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      void before.then(() => {
        realTime.clearTimeout(timer);
        signal?.removeEventListener('abort', cancel);
        resolve(undefined);
      });
    });
  }
}
