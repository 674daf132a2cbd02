/**
 * What every port has in common, however frames travel: who listens, what came before anybody did, and that it is over
 * once.
 */
export class PortEnd {
  readonly #unheard: unknown[] = [];
  #onFrame: ((frame: unknown) => void) | undefined;
  #onClose: ((reason?: Error) => void) | undefined;
  #isOpen = true;
  #reason: Error | undefined;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#onFrame = listener;
    for (const frame of this.#unheard.splice(0)) listener(frame);
  }

  onClose(listener: (reason?: Error) => void): void {
    this.#onClose = listener;
    if (!this.#isOpen) listener(this.#reason);
  }

  /** A frame has come. */
  receive(frame: unknown): void {
    if (!this.#isOpen) return;
    if (this.#onFrame === undefined) this.#unheard.push(frame);
    else this.#onFrame(frame);
  }

  /** No frame comes any more. @returns whether it was open until now */
  end(reason?: Error): boolean {
    if (!this.#isOpen) return false;
    this.#isOpen = false;
    this.#reason = reason;
    this.#onClose?.(reason);
    return true;
  }
}
