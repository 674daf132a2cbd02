import type { PoolGate } from '@proc/core';
import type { Gate } from './gate.js';

/** How often is looked whether a gate has opened. */
const LOOK_MS = 500;

/** Holds jobs back while a gate is shut. */
export class Gatekeeper {
  readonly #gates: readonly Gate[];
  readonly #onOpened: () => void;
  #shut: PoolGate | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** @param onOpened - what was shut is open now */
  constructor(gates: readonly Gate[], onOpened: () => void) {
    this.#gates = gates;
    this.#onOpened = onOpened;
  }

  /** The gate that was shut at the last look. */
  get shut(): PoolGate | null {
    return this.#shut;
  }

  /** Looks whether one more may be started. Where not, looks on by itself. */
  letsPass(): boolean {
    this.#look();
    if (this.#shut === null) return true;
    // What it waits beside keeps this process alive.
    this.#timer ??= setInterval(() => {
      this.#look();
      if (this.#shut !== null) return;
      this.rest();
      this.#onOpened();
    }, LOOK_MS).unref();
    return false;
  }

  /** Nobody waits any more. */
  rest(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#shut = null;
  }

  #look(): void {
    this.#shut = this.#gates.find((gate) => !gate.isOpen())?.name ?? null;
  }
}
