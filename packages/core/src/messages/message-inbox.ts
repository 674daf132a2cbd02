import { MessageQueue } from './message-queue.js';

/** How an inbox tells its readers that not everything reached them. */
export type OverflowError = () => Error;

/**
 * The messages that are no answers, for any number of readers. While nobody reads they are kept for the next one;
 * a reader that leaves as the last one leaves to the next what it has not read.
 */
export class MessageInbox {
  readonly #overflowError: OverflowError;
  readonly #readers = new Set<MessageQueue>();
  #kept = new MessageQueue();
  #hasEnded = false;
  #wake: () => void = () => undefined;
  #change = this.#nextChange();

  constructor(overflowError: OverflowError) {
    this.#overflowError = overflowError;
  }

  push(message: unknown): void {
    if (this.#readers.size === 0) this.#kept.push(message);
    for (const reader of this.#readers) reader.push(message);
    this.#announce();
  }

  /** No more messages will come. */
  end(): void {
    this.#hasEnded = true;
    this.#announce();
  }

  /** Begins to read with the first step. */
  async *read(): AsyncGenerator<unknown, void, undefined> {
    const queue = this.#enter();
    try {
      for (;;) {
        while (queue.length > 0) yield queue.shift();
        if (queue.overflowed) throw this.#overflowError();
        if (this.#hasEnded) return;
        await this.#change;
      }
    } finally {
      this.#leave(queue);
    }
  }

  #enter(): MessageQueue {
    const queue = this.#readers.size === 0 ? this.#kept : new MessageQueue();
    if (queue === this.#kept) this.#kept = new MessageQueue();
    this.#readers.add(queue);
    return queue;
  }

  #leave(queue: MessageQueue): void {
    this.#readers.delete(queue);
    if (this.#readers.size === 0 && !queue.overflowed) this.#kept = queue;
  }

  #announce(): void {
    const wake = this.#wake;
    this.#change = this.#nextChange();
    wake();
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
