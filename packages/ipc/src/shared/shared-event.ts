import type { Duration } from '@proc/core';
import type { WaitOptions } from '../contracts/wait-options.js';
import { IpcTimeoutError } from '../errors/ipc-timeout-error.js';
import { Blocked, Deadline } from './deadline.js';
import { EVENT, type OpenedMemory } from './layout.js';

/** A flag in memory that threads share. */
export class SharedEvent {
  readonly #cells: Int32Array;

  /** @internal */
  constructor(
    readonly name: string,
    { memory }: OpenedMemory,
  ) {
    this.#cells = new Int32Array(memory);
  }

  /** Whether it is set at the moment. */
  get isSet(): boolean {
    return Atomics.load(this.#cells, EVENT) === 1;
  }

  /** Sets it: everybody who waits goes on. */
  set(): void {
    Atomics.store(this.#cells, EVENT, 1);
    Atomics.notify(this.#cells, EVENT);
  }

  /** Unsets it. */
  clear(): void {
    Atomics.store(this.#cells, EVENT, 0);
  }

  /** Waits until it is set. @returns `false` when the time has passed before. @throws {@link IpcCancelledError} */
  async wait(options: WaitOptions = {}): Promise<boolean> {
    const deadline = new Deadline({ op: 'shared.event.wait', name: this.name }, options);
    try {
      return await deadline.until(this.#cells, () => this.#look());
    } catch (error) {
      if (IpcTimeoutError.is(error)) return false;
      throw error;
    }
  }

  /**
   * Blocks the thread until it is set. @returns `false` when the time has passed before
   *
   * @throws {@link InvalidArgumentError} when it would have to wait on the main thread
   */
  waitSync(timeout?: Duration): boolean {
    const deadline = new Deadline({ op: 'shared.event.wait', name: this.name }, { timeout });
    try {
      return deadline.untilSync(this.#cells, () => this.#look());
    } catch (error) {
      if (IpcTimeoutError.is(error)) return false;
      throw error;
    }
  }

  #look(): true | Blocked {
    return this.isSet ? true : new Blocked(EVENT, 0);
  }
}
