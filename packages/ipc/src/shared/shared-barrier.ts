import type { Duration } from '@proc/core';
import type { WaitOptions } from '../contracts/wait-options.js';
import { errorOfFault } from '../errors/error-of-fault.js';
import { IpcCancelledError } from '../errors/ipc-cancelled-error.js';
import { IpcTimeoutError } from '../errors/ipc-timeout-error.js';
import type { BarrierBreak } from '../wire/fault.js';
import { BarrierMemory } from './barrier-memory.js';
import { afterWord, readWord } from './barrier-word.js';
import { Blocked, Deadline } from './deadline.js';
import { BARRIER, type OpenedMemory } from './layout.js';

const OP = 'shared.barrier.wait';

/** Somebody who has arrived. */
interface Arrival {
  readonly generation: number;
  /** The first has 0. */
  readonly index: number;
}

/** A meeting of so many parties, in memory that threads share. Who leaves before they have met breaks it for all. */
export class SharedBarrier {
  readonly #memory: BarrierMemory;
  /** The generation that this thread takes part in, plus one: the hub breaks it when the thread is lost. */
  readonly #own: Int32Array;

  /** @internal */
  constructor(
    readonly name: string,
    readonly parties: number,
    { memory, own }: OpenedMemory,
  ) {
    this.#memory = new BarrierMemory(new Int32Array(memory));
    this.#own = new Int32Array(own ?? new SharedArrayBuffer(4));
  }

  get state(): { readonly waiting: number; readonly broken: boolean } {
    const { arrived, broken } = this.#memory.moment;
    return { waiting: broken === undefined ? arrived : 0, broken: broken !== undefined };
  }

  /**
   * Waits until all parties are there.
   *
   * @returns in which place this one came, from 0
   * @throws {@link BrokenBarrierError}
   * @throws {@link IpcTimeoutError}, {@link IpcCancelledError}: it is broken for the others then
   */
  async wait(options: WaitOptions = {}): Promise<number> {
    const deadline = new Deadline({ op: OP, name: this.name }, options);
    const arrival = this.#arrive();
    try {
      return await deadline.until(this.#memory.cells, () => this.#look(arrival));
    } catch (error) {
      return this.#leave(arrival, error);
    }
  }

  /**
   * Blocks the thread until all parties are there. @throws as {@link wait}
   *
   * @throws {@link InvalidArgumentError} on the main thread
   */
  waitSync(timeout?: Duration): number {
    const deadline = new Deadline({ op: OP, name: this.name }, { timeout });
    // Before it arrives: others would count on it.
    deadline.requireThread();
    const arrival = this.#arrive();
    try {
      return deadline.untilSync(this.#memory.cells, () => this.#look(arrival));
    } catch (error) {
      return this.#leave(arrival, error);
    }
  }

  /** Breaks it: who waits gets an error, and so does who comes, until {@link reset}. */
  abort(): void {
    this.#memory.breakUp(this.#memory.moment.generation, 'aborted');
  }

  /** As new; who waits gets an error. */
  reset(): void {
    this.#memory.reset();
  }

  #arrive(): Arrival {
    for (;;) {
      const { word } = this.#memory;
      const { generation, broken, arrived } = readWord(word);
      if (broken !== undefined) throw this.#broken(broken);
      // Before: whoever is lost from here on is missed.
      Atomics.store(this.#own, 0, generation + 1);
      const isLast = arrived + 1 === this.parties;
      if (!this.#memory.change(word, isLast ? afterWord(word) : word + 1)) continue;
      if (isLast) {
        this.#memory.forgetBefore(generation);
        this.#memory.wake();
      }
      return { generation, index: arrived };
    }
  }

  #look({ generation, index }: Arrival): number | Blocked {
    const { word } = this.#memory;
    const outcome = this.#memory.outcome(generation);
    if (outcome === undefined) return new Blocked(BARRIER.word, word);
    Atomics.compareExchange(this.#own, 0, generation + 1, 0);
    if (outcome === 'met') return index;
    throw this.#broken(outcome);
  }

  /** Time has passed, or somebody does not want to wait any more; the others may have met at the same moment. */
  #leave(arrival: Arrival, error: unknown): number {
    const { generation, index } = arrival;
    if (IpcTimeoutError.is(error)) this.#memory.breakUp(generation, 'timeout');
    if (IpcCancelledError.is(error)) this.#memory.breakUp(generation, 'cancelled');
    Atomics.compareExchange(this.#own, 0, generation + 1, 0);
    if (this.#memory.outcome(generation) === 'met') return index;
    throw error;
  }

  #broken(reason: BarrierBreak): Error {
    return errorOfFault({ code: 'broken-barrier', reason }, { op: OP, name: this.name });
  }
}
