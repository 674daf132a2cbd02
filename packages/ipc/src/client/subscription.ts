import type { WaitOptions } from '../contracts/wait-options.js';
import { IpcClosedError } from '../errors/ipc-closed-error.js';
import type { Overflow } from '../primitives/subscriber.js';
import type { Connection } from './connection.js';
import { givenBack } from './given-back.js';
import { Turns } from './turns.js';

/** How a channel is listened to. */
export interface SubscribeOptions {
  /** How many of the last messages are received first, as far as the channel keeps them; default: 0. */
  readonly replay?: number | undefined;
  /** How many messages wait for this subscriber at most; default: 1024. */
  readonly buffer?: number | undefined;
  /**
   * What happens when more come: the oldest or the newest is dropped, or the subscription fails with a
   * {@link SubscriptionOverflowError} after what it has room for. Default: `'drop-oldest'`.
   */
  readonly overflow?: Overflow | undefined;
}

interface Batch<T> {
  readonly messages: T[];
  readonly dropped: number;
}

/** What comes over a channel, for one reader. `await using`, {@link close} or leaving its loop ends it. */
export class Subscription<T> implements AsyncIterable<T>, AsyncDisposable {
  #batch: T[] = [];
  #dropped = 0;
  #closed = false;
  /** Two that ask at once would get two batches, of which one would be lost. */
  readonly #turns: Turns;

  /** @internal */
  constructor(
    private readonly connection: Connection,
    private readonly channel: string,
    private readonly id: number,
  ) {
    this.#turns = new Turns('channel.next', channel);
  }

  /** How many messages were dropped because this subscriber was too slow. */
  get dropped(): number {
    return this.#dropped;
  }

  /**
   * The next message. Whoever asks before another one has got his waits for his turn, which counts as waiting.
   *
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}, {@link SubscriptionOverflowError}
   * @throws {@link IpcClosedError} when it has been closed
   */
  next(options?: WaitOptions): Promise<T> {
    return this.#turns.take(options, (rest) => this.#take(rest));
  }

  /** Listens no more. Idempotent. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.connection.request('channel.unsubscribe', this.channel, { args: [this.id] });
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    try {
      for (;;) yield await this.next();
    } catch (error) {
      if (!this.#closed || !IpcClosedError.is(error)) throw error;
    } finally {
      // The connection may be gone, and the subscription with it.
      await this.close().catch(() => undefined);
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    return givenBack(this.close());
  }

  async #take(options: WaitOptions | undefined): Promise<T> {
    while (this.#batch.length === 0) {
      const ask = { args: [this.id], wait: options };
      const batch = await this.connection.request<Batch<T>>('channel.next', this.channel, ask);
      this.#batch = batch.messages.reverse();
      this.#dropped = batch.dropped;
    }
    return this.#batch.pop() as T;
  }
}
