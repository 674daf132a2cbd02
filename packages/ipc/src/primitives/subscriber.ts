import type { HubCall } from '../hub/hub-call.js';
import type { HubSession } from '../hub/hub-session.js';
import { LinkedList } from '../hub/linked-list.js';

/** What becomes of messages that a subscriber is too slow for. */
export type Overflow = 'drop-oldest' | 'drop-newest' | 'fail';

/** How many messages one answer takes along. */
const BATCH = 64;

/** One who listens to a channel: gets messages as fast as it asks for them, and holds nobody else up. */
export class Subscriber {
  readonly #buffer = new LinkedList<unknown>();
  #reader: HubCall | undefined;
  #dropped = 0;
  #overflown = false;

  constructor(
    readonly session: HubSession,
    private readonly rules: { readonly limit: number; readonly overflow: Overflow },
    private readonly keep: () => void,
  ) {}

  get reader(): HubCall | undefined {
    return this.#reader;
  }

  add(message: unknown): void {
    const { limit, overflow } = this.rules;
    if (this.#overflown) return;
    if (this.#buffer.size >= limit) {
      this.#dropped++;
      this.#overflown = overflow === 'fail';
      if (overflow !== 'drop-oldest') return;
      this.#buffer.shift();
    }
    this.#buffer.push(message);
    this.#flush();
  }

  /** Answers as soon as there is something. */
  read(call: HubCall): void {
    this.#reader = call;
    this.#flush();
    if (call.settled) return;
    if (this.#overflown) call.reject({ code: 'overflow' });
    else {
      call.park(() => {
        this.#reader = undefined;
      });
    }
  }

  close(): void {
    this.keep();
    this.#reader?.reject({ code: 'closed', how: 'closed' });
  }

  #flush(): void {
    const reader = this.#reader;
    if (reader === undefined || this.#buffer.size === 0) return;
    this.#reader = undefined;
    const messages: unknown[] = [];
    while (messages.length < BATCH && this.#buffer.size > 0) messages.push(this.#buffer.shift());
    const batch = { messages, dropped: this.#dropped };
    // Each was small enough for whoever published it; so many together may not be.
    reader.resolveWithWhatFits(batch, () => {
      if (messages.length === 1) return undefined;
      for (const message of messages.splice(messages.length >> 1).reverse()) {
        this.#buffer.unshift(message);
      }
      return batch;
    });
  }
}
