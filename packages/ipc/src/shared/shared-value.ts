import { InvalidArgumentError } from '@proc/core/essentials';
import { FaultSignal } from '../hub/fault-signal.js';
import { VALUE_TYPES, type ValueRules } from '../primitives/value-types.js';
import type { OpenedMemory } from './layout.js';
import { fromBits, toBits, type SharedValueType } from './value-bits.js';

/** What fits into one. */
export type Scalar = number | bigint | boolean;

/** A value in memory that threads share: it is read and changed at once, without waiting. */
export class SharedValue<T extends Scalar> {
  readonly #cells: BigInt64Array;
  readonly #rules: ValueRules;

  /** @internal */
  constructor(
    readonly name: string,
    readonly type: SharedValueType,
    { memory }: OpenedMemory,
  ) {
    this.#cells = new BigInt64Array(memory);
    this.#rules = VALUE_TYPES[type];
  }

  /** What it is at the moment. */
  get(): T {
    return this.#read(Atomics.load(this.#cells, 0));
  }

  /** @throws {@link InvalidArgumentError} when it is not of the value's type; all that change it do so */
  set(value: T): void {
    Atomics.store(
      this.#cells,
      0,
      this.#bits(() => this.#rules.read(value)),
    );
  }

  /** Adds at once, so that no other's change gets lost. @returns the sum */
  increment(by: number | bigint = 1): T {
    return this.#change((value) => this.#rules.add(value, by));
  }

  /** Changes it by a function of what it is, which is called again when another's change came between. */
  update(change: (value: T) => T): T {
    return this.#change((value) => this.#rules.read(change(value)));
  }

  /** Changes it if it is as expected. @returns whether it was */
  compareAndSet(expected: T, value: T): boolean {
    const before = this.#bits(() => this.#rules.read(expected));
    const after = this.#bits(() => this.#rules.read(value));
    return Atomics.compareExchange(this.#cells, 0, before, after) === before;
  }

  #change(next: (value: T) => unknown): T {
    for (;;) {
      const before = Atomics.load(this.#cells, 0);
      const after = this.#bits(() => next(this.#read(before)));
      if (Atomics.compareExchange(this.#cells, 0, before, after) === before)
        return this.#read(after);
    }
  }

  #read(bits: bigint): T {
    return fromBits(bits, this.type) as T;
  }

  #bits(value: () => unknown): bigint {
    try {
      return toBits(value() as Scalar);
    } catch (error) {
      // The rules are the hub's, which speaks of faults.
      if (error instanceof FaultSignal && error.fault.code === 'invalid') {
        throw new InvalidArgumentError(error.fault.message, { cause: error });
      }
      throw error;
    }
  }
}
