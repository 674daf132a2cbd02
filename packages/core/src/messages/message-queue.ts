/** Messages that may wait to be read, for each reader. */
export const MOST_UNREAD = 100_000;

/** Messages that wait for one reader. When too many do, it takes no more: what it has is then the whole truth. */
export class MessageQueue {
  #messages: unknown[] = [];
  #next = 0;
  #overflowed = false;

  constructor(messages: readonly unknown[] = []) {
    this.#messages = [...messages];
  }

  get length(): number {
    return this.#messages.length - this.#next;
  }

  /** Whether messages were turned away; those that came after them are then missing too. */
  get overflowed(): boolean {
    return this.#overflowed;
  }

  push(message: unknown): void {
    if (this.length >= MOST_UNREAD) this.#overflowed = true;
    if (!this.#overflowed) this.#messages.push(message);
  }

  shift(): unknown {
    const message = this.#messages[this.#next];
    // Neither held any longer, nor moved one by one.
    this.#messages[this.#next++] = undefined;
    if (this.#next * 2 > this.#messages.length) {
      this.#messages = this.#messages.slice(this.#next);
      this.#next = 0;
    }
    return message;
  }
}
