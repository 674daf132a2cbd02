import type { WaitOptions } from '../contracts/wait-options.js';
import { IpcClosedError } from '../errors/ipc-closed-error.js';
import { deadLettersOf } from '../primitives/dead-letters.js';
import type { Connection } from './connection.js';
import { Delivery, type DeliveryFacts } from './delivery.js';
import { atOnce } from './holding.js';

/** How a queue is made and used. */
export interface QueueOptions {
  /** How many items wait in it at most; whoever puts more waits. Default: without limit. */
  readonly maxSize?: number | undefined;
  /**
   * `'auto'` (default): an item that has been got is gone. `'manual'`: it is given as a {@link Delivery}, and comes
   * back to the front of the queue when its getter is lost before it acknowledged it.
   */
  readonly ack?: 'auto' | 'manual' | undefined;
  /**
   * How often an item is given out at most before it goes to the dead letters, the queue {@link IpcQueue.deadLetters}.
   * Default: without limit.
   */
  readonly maxDeliveries?: number | undefined;
}

/** What the queue of dead letters has in it. */
export interface DeadLetter<T> {
  readonly value: T;
  readonly deliveries: number;
  /** Why it went there, e.g. `peer gone`. */
  readonly reason: string;
}

/** Items in a line, each given to one getter. Those of one process come out in the order in which it put them. */
export class IpcQueue<T, Got = T> implements AsyncIterable<Got> {
  readonly #options: Readonly<Record<string, unknown>> | undefined;

  /** @internal */
  constructor(
    private readonly connection: Connection,
    readonly name: string,
    private readonly options: QueueOptions,
  ) {
    const { maxSize, maxDeliveries } = options;
    const isPlain = maxSize === undefined && maxDeliveries === undefined;
    this.#options = isPlain ? undefined : { maxSize, maxDeliveries };
  }

  /** Name of the queue that takes what could not be dealt with: its items are {@link DeadLetter}s. */
  get deadLetters(): string {
    return deadLettersOf(this.name);
  }

  /**
   * Adds an item; waits for a place as long as the queue is full. The hub has it when this resolves.
   *
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}, {@link IpcClosedError}
   * @throws {@link InvalidArgumentError} when it can not be sent
   */
  put(item: T, options?: WaitOptions): Promise<void> {
    return this.#request('put', [item], options);
  }

  /** Adds an item if there is a place. @returns whether there was */
  async tryPut(item: T): Promise<boolean> {
    const done = await atOnce((options) => this.put(item, options).then(() => true));
    return done === true;
  }

  /**
   * Takes the first item; waits for one as long as the queue is empty.
   *
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}
   * @throws {@link IpcClosedError} when the queue is closed and empty
   */
  async get(options?: WaitOptions): Promise<Got> {
    if (this.options.ack !== 'manual') {
      const { value } = await this.#request<{ readonly value: Got }>('get', undefined, options);
      return value;
    }
    const facts = await this.#request<DeliveryFacts<T>>('receive', undefined, options);
    return new Delivery(this.connection, this.name, facts) as Got;
  }

  /** The first item, if there is one. */
  tryGet(): Promise<Got | undefined> {
    return atOnce((options) => this.get(options));
  }

  /** How many items wait in it. */
  size(): Promise<number> {
    return this.#request('size');
  }

  /** Whether nothing waits in it at the moment. */
  async isEmpty(): Promise<boolean> {
    return (await this.size()) === 0;
  }

  /** Whether it has as many items as `maxSize` allows. */
  isFull(): Promise<boolean> {
    return this.#request('isFull');
  }

  /** Throws away what waits in it. @returns how many items that were */
  clear(): Promise<number> {
    return this.#request('clear');
  }

  /** Takes nothing more. Who gets goes on until it is empty. */
  close(): Promise<void> {
    return this.#request('close');
  }

  /** Forgets it with all that is in it; who waits gets an {@link IpcClosedError}. */
  delete(): Promise<void> {
    return this.#request('delete');
  }

  /** Items as they come, until the queue is closed and empty. @throws as {@link get} otherwise */
  async *items(options?: WaitOptions): AsyncGenerator<Got, void, undefined> {
    for (;;) {
      let item: Got;
      try {
        item = await this.get(options);
      } catch (error) {
        if (IpcClosedError.is(error) && !this.connection.lost.aborted) return;
        throw error;
      }
      yield item;
    }
  }

  [Symbol.asyncIterator](): AsyncGenerator<Got, void, undefined> {
    return this.items();
  }

  #request<R>(operation: string, args?: readonly unknown[], wait?: WaitOptions): Promise<R> {
    const ask = { options: this.#options, args, wait };
    return this.connection.request<R>(`queue.${operation}`, this.name, ask);
  }
}
