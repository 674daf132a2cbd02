import { NotHeldError } from '../errors/not-held-error.js';

/** A part of something in shared memory that this thread holds. `using` or `await using` gives it back. */
export class SharedPermit implements Disposable {
  #released = false;

  /** @internal */
  constructor(private readonly giveBack: () => void) {}

  /** @throws {@link NotHeldError} when it has been released already, or was taken away with the session */
  release(): void {
    if (this.#released) throw new NotHeldError('It has been released already.');
    this.#released = true;
    this.giveBack();
  }

  /** Releases it, unless that has been done. */
  [Symbol.dispose](): void {
    if (!this.#released) this.release();
  }
}
