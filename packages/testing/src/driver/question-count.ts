import type { PollKind } from '@proc/core';
import { realTime } from '@proc/core/internal';

/** Lets a fake go on by the questions of its caller instead of time. */
export class QuestionCount {
  readonly #times: number;
  /** How often it will still be found running; `undefined` as long as nobody asks. */
  #left: number | undefined;
  #isAwaited = false;
  #goOn: () => void = () => undefined;

  /** @param times - how often it is found running; 0: nothing is counted */
  constructor(times: number) {
    this.#times = times;
  }

  /** Whether questions are counted at all. */
  get counts(): boolean {
    return this.#times > 0;
  }

  /** Whether the count has begun: then time does not pass any more. */
  get hasBegun(): boolean {
    return this.#left !== undefined;
  }

  /** @param printLine - called when the answer is to be one more line of output */
  asked(what: PollKind, printLine: () => void): void {
    if (!this.counts || this.#left === 0) return;
    if (what === 'end') {
      this.#isAwaited = true;
      this.#goOn();
      return;
    }
    this.#left ??= this.#times;
    if (what === 'output') printLine();
    else if (--this.#left === 0) this.#goOn();
  }

  /** Resolves when the caller has asked often enough, wants to wait itself, or does not ask at all. */
  async enough(): Promise<void> {
    if (!this.counts || this.#isAwaited || this.#left === 0) return;
    await new Promise<void>((resolve) => {
      this.#goOn = resolve;
      realTime.setImmediate(() => {
        if (this.#left === undefined) resolve();
      });
    });
  }
}
