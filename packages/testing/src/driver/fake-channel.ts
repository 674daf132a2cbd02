import type { IpcSerialization, MessageChannel } from '@proc/core';
import { realTime } from '@proc/core/internal';
import { copyMessage } from './copy-message.js';

/** Messages on their way to one side, kept until that side listens. */
class Direction {
  readonly #listeners = new Set<(message: unknown) => void>();
  #kept: unknown[] = [];

  pass(message: unknown): void {
    if (this.#listeners.size === 0) this.#kept.push(message);
    for (const listener of this.#listeners) listener(message);
  }

  listen(listener: (message: unknown) => void): void {
    this.#listeners.add(listener);
    for (const message of this.#kept.splice(0)) listener(message);
  }
}

/** The channel of messages of a fake program: nothing is passed on as the same object, and nothing at once. */
export class FakeChannel implements MessageChannel {
  readonly closed: Promise<undefined>;
  readonly #serialization: IpcSerialization;
  readonly #toCaller = new Direction();
  readonly #toProgram = new Direction();
  readonly #received: unknown[] = [];
  #connected = true;
  #markClosed!: () => void;

  constructor(serialization: IpcSerialization) {
    this.#serialization = serialization;
    this.closed = new Promise((resolve) => {
      this.#markClosed = () => resolve(undefined);
    });
  }

  get connected(): boolean {
    return this.#connected;
  }

  /** What was sent to the program, in order. */
  get received(): readonly unknown[] {
    return [...this.#received];
  }

  async send(message: unknown): Promise<void> {
    const copy = copyMessage(message, this.#serialization);
    if (!this.#connected) {
      throw Object.assign(new Error('the channel is closed'), { code: 'ERR_IPC_CHANNEL_CLOSED' });
    }
    this.#received.push(copy);
    later(() => this.#toProgram.pass(copy));
  }

  receive(listener: (message: unknown) => void): void {
    this.#toCaller.listen(listener);
  }

  disconnect(): void {
    if (!this.#connected) return;
    this.#connected = false;
    // After everything that is on its way.
    later(this.#markClosed);
  }

  /**
   * Sends a message of the program; one that comes too late is lost.
   *
   * @throws {@link InvalidArgumentError} when it can not be serialised
   */
  say(message: unknown): void {
    const copy = copyMessage(message, this.#serialization);
    if (this.#connected) later(() => this.#toCaller.pass(copy));
  }

  /** Lets the program hear what is sent to it, from the first message on. */
  hear(listener: (message: unknown) => void): void {
    this.#toProgram.listen(listener);
  }

  /** The messages to the program until the channel is closed. */
  async *messages(): AsyncGenerator<unknown, void, undefined> {
    const messages: unknown[] = [];
    let wake = (): void => undefined;
    this.hear((message) => {
      messages.push(message);
      wake();
    });
    while (messages.length > 0 || this.#connected) {
      if (messages.length > 0) yield messages.shift();
      else await Promise.race([this.closed, new Promise<void>((resolve) => (wake = resolve))]);
    }
  }
}

/** In a turn of its own: a talk without end must leave room for timers. */
function later(task: () => void): void {
  realTime.setImmediate(task);
}
