import type { Connection } from './connection.js';

/** An item on its way. */
export interface DeliveryFacts<T> {
  readonly value: T;
  readonly deliveries: number;
  readonly id: number;
}

/** An item of a queue that has to be acknowledged: one of its methods is called once, or the getter is lost. */
export class Delivery<T> {
  readonly value: T;
  /** How often it has been given out, this time included. */
  readonly deliveries: number;
  readonly #id: number;

  /** @internal */
  constructor(
    private readonly connection: Connection,
    private readonly queue: string,
    { value, deliveries, id }: DeliveryFacts<T>,
  ) {
    this.value = value;
    this.deliveries = deliveries;
    this.#id = id;
  }

  /** It is done with. @throws {@link NotHeldError} when something has been said of it already; so do the others */
  ack(): Promise<void> {
    return this.#settle('ack');
  }

  /** Puts it back to the front of the queue, or to the dead letters when it was given out often enough. */
  retry(): Promise<void> {
    return this.#settle('retry');
  }

  /** Puts it to the dead letters. */
  bury(reason = 'refused'): Promise<void> {
    return this.#settle('bury', reason);
  }

  #settle(verdict: string, reason?: string): Promise<void> {
    return this.connection.request(`queue.${verdict}`, this.queue, { args: [this.#id, reason] });
  }
}
