import type { FramePort } from '../contracts/frame-port.js';

/**
 * Two ports that are joined to each other, within this process. Each frame is cloned on its way, as between
 * processes: what can not be sent there can not be sent here, and nobody sees another's changes.
 */
export function inProcessPorts(): readonly [FramePort, FramePort] {
  const [one, other] = [new InProcessPort(), new InProcessPort()];
  one.peer = other;
  other.peer = one;
  return [one, other];
}

class InProcessPort implements FramePort {
  peer: InProcessPort | undefined;
  readonly #waiting: unknown[] = [];
  #listener: ((frame: unknown) => void) | undefined;
  #onClose: (() => void) | undefined;
  #scheduled = false;
  #open = true;

  send(frame: unknown): void {
    if (this.#open) this.peer?.push(structuredClone(frame));
  }

  onFrame(listener: (frame: unknown) => void): void {
    this.#listener = listener;
    this.#schedule();
  }

  onClose(listener: () => void): void {
    this.#onClose = listener;
    if (!this.#open) listener();
  }

  close(): void {
    const { peer } = this;
    if (!this.#open) return;
    this.#end();
    // After what was sent before.
    queueMicrotask(() => peer?.end());
  }

  push(frame: unknown): void {
    this.#waiting.push(frame);
    this.#schedule();
  }

  end(): void {
    this.#deliver();
    this.#end();
  }

  #end(): void {
    if (!this.#open) return;
    this.#open = false;
    this.#onClose?.();
  }

  #schedule(): void {
    if (this.#scheduled || this.#listener === undefined) return;
    this.#scheduled = true;
    // Never within `send`: whoever sends must not be called back before it returns.
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#deliver();
    });
  }

  #deliver(): void {
    for (const frame of this.#waiting.splice(0)) {
      if (this.#open) this.#listener?.(frame);
    }
  }
}
