/**
 * What every port has in common, however frames travel: who listens, what came before anybody did, and that it is over
 * once.
 */
export class PortEnd {
  readonly #unheard: unknown[] = [];
  #onFrame: ((frame: unknown) => void) | undefined;
  #onClose: (() => void) | undefined;
  #isOpen = true;

  get isOpen(): boolean {
    return this.#isOpen;
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#onFrame = listener;
    for (const frame of this.#unheard.splice(0)) listener(frame);
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
    if (!this.#isOpen) listener();
  }

  /** A frame has come. */
  receive(frame: unknown): void {
    if (!this.#isOpen) return;
    if (this.#onFrame === undefined) this.#unheard.push(frame);
    else this.#onFrame(frame);
  }

  /** No frame comes any more. @returns whether it was open until now */
  end(): boolean {
    if (!this.#isOpen) return false;
    this.#isOpen = false;
    this.#onClose?.();
    return true;
  }
}
