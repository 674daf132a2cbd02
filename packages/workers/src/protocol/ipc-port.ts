import type { FramePort } from '@proc/ipc/client';

/** Instead of a frame: the sender's end is closed. */
const BYE = null;

/** One end of a connection to a hub, within the channel between a pool and a worker. */
export class IpcPort implements FramePort {
  readonly #transmit: (frame: unknown) => void;
  readonly #unheard: unknown[] = [];
  #listener: ((frame: unknown) => void) | undefined;
  #onClose: (() => void) | undefined;
  #isOpen = true;

  /** @param transmit - sends to the other end; throws for what the channel can not carry */
  constructor(transmit: (frame: unknown) => void) {
    this.#transmit = transmit;
  }

  send(frame: unknown): void {
    if (this.#isOpen) this.#transmit(frame);
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#listener = listener;
    for (const frame of this.#unheard.splice(0)) listener(frame);
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
    if (!this.#isOpen) listener();
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#transmit(BYE);
    this.#end();
  }

  /** What the other end has sent. */
  receive(frame: unknown): void {
    if (!this.#isOpen) return;
    if (frame === BYE) this.#end();
    else if (this.#listener === undefined) this.#unheard.push(frame);
    else this.#listener(frame);
  }

  #end(): void {
    this.#isOpen = false;
    this.#onClose?.();
  }
}
