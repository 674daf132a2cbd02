import type { Connection } from './connection.js';
import { requireKnown } from './require-known.js';
import { Subscription, type SubscribeOptions } from './subscription.js';

/** How a channel is made. */
export interface ChannelOptions {
  /** How many of the last messages are kept for those who come later; default: 0. */
  readonly history?: number | undefined;
}

/** Messages for everybody who listens. */
export class IpcChannel<T> {
  /** @internal */
  constructor(
    private readonly connection: Connection,
    readonly name: string,
    private readonly options: ChannelOptions,
  ) {}

  /** Sends to all subscribers; waits for none of them. @returns how many there are */
  publish(message: T): Promise<number> {
    const ask = { options: this.#options(), args: [message] };
    return this.connection.request('channel.publish', this.name, ask);
  }

  /**
   * Listens: what is published from the moment on in which this resolves is received.
   *
   * @throws {@link InvalidArgumentError} for bad options
   */
  async subscribe(options: SubscribeOptions = {}): Promise<Subscription<T>> {
    requireKnown('subscribe()', options, ['replay', 'buffer', 'overflow']);
    const { replay = 0, buffer = 1024, overflow = 'drop-oldest' } = options;
    const ask = { options: this.#options(), args: [replay, buffer, overflow] };
    const id = await this.connection.request<number>('channel.subscribe', this.name, ask);
    return new Subscription(this.connection, this.name, id);
  }

  #options(): Readonly<Record<string, unknown>> | undefined {
    const { history } = this.options;
    return history === undefined ? undefined : { history };
  }
}
