import type { FramePort } from '../contracts/frame-port.js';
import { PortEnd } from './port-end.js';

/** A channel that others may use too. */
export interface SharedChannel {
  /** @throws for what can not be sent */
  post(message: unknown): void;
  /** @returns a function that listens no more */
  listen(onMessage: (message: unknown) => void, onGone: () => void): () => void;
}

/** Marks our messages among those of others. */
const MARK = '@proc/ipc';

type Marked = { readonly [MARK]: 'frame'; readonly frame: unknown } | { readonly [MARK]: 'bye' };

/**
 * A port over a channel that carries other messages too: it marks its own, leaves those alone, and says good-bye
 * instead of closing the channel. What {@link messagePort} and {@link processPort} are made of, for channels of your
 * own.
 */
export function attachedPort(channel: SharedChannel): FramePort {
  return new AttachedPort(channel);
}

class AttachedPort implements FramePort {
  readonly #end = new PortEnd();
  readonly #detach: () => void;

  constructor(private readonly channel: SharedChannel) {
    this.#detach = channel.listen(
      (message) => {
        this.#receive(message);
      },
      () => {
        this.#close();
      },
    );
  }

  send(frame: unknown): void {
    if (this.#end.isOpen) this.channel.post({ [MARK]: 'frame', frame } satisfies Marked);
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#end.onFrame(listener);
  }

  onClose(listener: () => void): void {
    this.#end.onClose(listener);
  }

  close(): void {
    if (!this.#end.isOpen) return;
    this.channel.post({ [MARK]: 'bye' } satisfies Marked);
    this.#close();
  }

  #receive(message: unknown): void {
    if (!isMarked(message)) return;
    if (message[MARK] === 'bye') this.#close();
    else this.#end.receive(message.frame);
  }

  #close(): void {
    if (this.#end.isOpen) this.#detach();
    this.#end.end();
  }
}

function isMarked(message: unknown): message is Marked {
  return typeof message === 'object' && message !== null && MARK in message;
}
