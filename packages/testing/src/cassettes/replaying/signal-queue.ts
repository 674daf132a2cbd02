import type { FakeChild } from '../../fakes/fake-program.js';
import type { StoredStep } from '../file/cassette-entry.js';

/** Signals that reach a replayed process, which had prepared for those that it was sent when it was recorded. */
export class SignalQueue {
  readonly #received: NodeJS.Signals[] = [];
  #wake: (() => void) | undefined;

  constructor(child: FakeChild, steps: readonly StoredStep[]) {
    for (const { signal } of steps) {
      // Nobody can prepare for that one.
      if (signal === undefined || signal === 'SIGKILL') continue;
      child.onSignal(signal, () => {
        this.#received.push(signal);
        this.#wake?.();
      });
    }
  }

  /** Resolves when this signal has come, also if that was earlier than when it was recorded. */
  async next(signal: NodeJS.Signals): Promise<void> {
    while (!this.#received.includes(signal)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#received.splice(this.#received.indexOf(signal), 1);
  }
}
