import type { Clock, PoolGate } from '@proc/core';
import type { Gate } from './gate.js';

/** How often is looked whether a gate has opened. */
const LOOK_MS = 500;

/** What a gatekeeper needs of the scheduler around it. */
export interface GatekeeperOptions {
  /** What it waits by between two looks. */
  readonly clock: () => Clock;
  /** What was shut is open now. */
  readonly onOpened: () => void;
}

/** Holds jobs back while a gate is shut. */
export class Gatekeeper {
  readonly #gates: readonly Gate[];
  readonly #options: GatekeeperOptions;
  #shut: PoolGate | null = null;
  #cancelTimer: (() => void) | undefined;

  constructor(gates: readonly Gate[], options: GatekeeperOptions) {
    this.#gates = gates;
    this.#options = options;
  }

  /** The gate that was shut at the last look. */
  get shut(): PoolGate | null {
    return this.#shut;
  }

  /** Looks whether one more may be started. Where not, looks on by itself. */
  letsPass(): boolean {
    this.#look();
    if (this.#shut === null) return true;
    if (this.#cancelTimer === undefined) this.#wait();
    return false;
  }

  /** Nobody waits any more. */
  rest(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#shut = null;
  }

  #wait(): void {
    const lookAgain = (): void => {
      this.#look();
      if (this.#shut !== null) {
        this.#wait();
        return;
      }
      this.rest();
      this.#options.onOpened();
    };
    // What it waits beside keeps this process alive.
    this.#cancelTimer = this.#options.clock().timer(LOOK_MS, lookAgain, { background: true });
  }

  #look(): void {
    this.#shut = this.#gates.find((gate) => !gate.isOpen())?.name ?? null;
  }
}
