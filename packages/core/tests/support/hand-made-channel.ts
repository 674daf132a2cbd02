import type { MessageChannel } from '../../src/contracts/message-channel.js';
import { Gate } from './captured.js';

/** A channel whose other end is the test. */
export class HandMadeChannel implements MessageChannel {
  readonly closed: Promise<Error | undefined>;
  /** What was sent to the program, in order. */
  readonly sent: unknown[] = [];
  connected = true;
  /** As long as it is there, nothing is handed over. */
  gate: Gate | undefined;
  /** What the next messages can not be sent for. */
  refusal: Error | undefined;
  #listener: (message: unknown) => void = () => undefined;
  #close!: (fault: Error | undefined) => void;

  constructor() {
    this.closed = new Promise((resolve) => {
      this.#close = resolve;
    });
  }

  async send(message: unknown): Promise<void> {
    if (this.refusal !== undefined) throw this.refusal;
    this.sent.push(message);
    await this.gate?.opened;
  }

  receive(listener: (message: unknown) => void): void {
    this.#listener = listener;
  }

  disconnect(): void {
    this.close();
  }

  /** Brings messages of the program. */
  bring(...messages: readonly unknown[]): void {
    for (const message of messages) this.#listener(message);
  }

  close(fault?: Error): void {
    this.connected = false;
    this.#close(fault);
  }
}
