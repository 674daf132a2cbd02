import type { FramePort } from '../../src/index.js';

/** The end of a hub whose other end is the test: it says what the test says, and keeps what it is sent. */
export class SilentPort implements FramePort {
  readonly sent: { readonly k: string; readonly [key: string]: unknown }[] = [];
  #listener: ((frame: unknown) => void) | undefined;
  #onClose: (() => void) | undefined;

  send(frame: unknown): void {
    this.sent.push(frame as never);
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#listener = listener;
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
  }

  close(): void {
    this.#onClose?.();
  }

  say(frame: unknown): void {
    this.#listener?.(frame);
  }
}
