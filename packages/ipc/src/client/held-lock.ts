import { NotHeldError } from '../errors/not-held-error.js';
import type { Connection } from './connection.js';
import { givenBack } from './given-back.js';

/** What the hub grants. */
export interface Grant {
  readonly token: number;
  readonly abandoned: boolean;
}

/** A lock, or permits, that this process holds. `await using` gives it back. */
export class HeldLock implements AsyncDisposable {
  /**
   * Larger than that of any holder before. A resource that refuses smaller numbers than it has seen can not be harmed
   * by a holder that has lost the lock without knowing.
   */
  readonly token: number;
  /** The holder before was lost before it released: what the lock guards may have been left half done. */
  readonly abandoned: boolean;
  #released = false;

  /** @internal */
  constructor(
    private readonly connection: Connection,
    private readonly kind: string,
    readonly name: string,
    { token, abandoned }: Grant,
  ) {
    this.token = token;
    this.abandoned = abandoned;
  }

  /**
   * @throws {@link NotHeldError} when it has been released already
   * @throws {@link BrokerGoneError} when the connection is gone, and the lock with it
   */
  async release(): Promise<void> {
    if (this.#released) {
      throw new NotHeldError(`The ${this.kind} "${this.name}" has been released already.`);
    }
    this.#released = true;
    await this.connection.request(`${this.kind}.release`, this.name, { args: [this.token] });
  }

  /** Releases it, unless that has been done, if only by closing the connection. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#released) await givenBack(this.release());
  }
}
