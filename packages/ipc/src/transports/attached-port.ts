import type { FramePort } from '../contracts/frame-port.js';

/** A channel that others may use too. */
export interface Attachment {
  /** @throws for what can not be sent */
  post(message: unknown): void;
  /** @returns a function that listens no more */
  listen(onMessage: (message: unknown) => void, onGone: () => void): () => void;
}

/** Marks our messages among those of others. */
const MARK = '@proc/ipc';

type Marked = { readonly [MARK]: 'frame'; readonly frame: unknown } | { readonly [MARK]: 'bye' };

/** A port that shares a channel with others: it marks its frames, and says good-bye instead of closing the channel. */
export class AttachedPort implements FramePort {
  readonly #waiting: unknown[] = [];
  readonly #detach: () => void;
  #listener: ((frame: unknown) => void) | undefined;
  #onClose: (() => void) | undefined;
  #open = true;

  constructor(private readonly channel: Attachment) {
    this.#detach = channel.listen(
      (message) => {
        this.#receive(message);
      },
      () => {
        this.#end();
      },
    );
  }

  send(frame: unknown): void {
    if (this.#open) this.channel.post({ [MARK]: 'frame', frame } satisfies Marked);
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#listener = listener;
    for (const frame of this.#waiting.splice(0)) listener(frame);
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
    if (!this.#open) listener();
  }

  close(): void {
    if (!this.#open) return;
    this.channel.post({ [MARK]: 'bye' } satisfies Marked);
    this.#end();
  }

  #receive(message: unknown): void {
    if (!isMarked(message) || !this.#open) return;
    if (message[MARK] === 'bye') this.#end();
    else if (this.#listener === undefined) this.#waiting.push(message.frame);
    else this.#listener(message.frame);
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#detach();
    this.#onClose?.();
  }
}

function isMarked(message: unknown): message is Marked {
  return typeof message === 'object' && message !== null && MARK in message;
}
