import type { WaitOptions } from '../contracts/wait-options.js';
import type { Connection } from './connection.js';

/** The types of values by their names; the last three are the codes of PyProcessor. */
export interface ValueTypes {
  readonly i32: number;
  readonly i64: bigint;
  readonly f64: number;
  readonly bool: boolean;
  readonly json: unknown;
  readonly i: number;
  readonly d: number;
  readonly b: boolean;
}

/** The name of a type of values. */
export type ValueType = keyof ValueTypes;

/** How a value is made. */
export interface ValueOptions<Type extends ValueType = ValueType, T = ValueTypes[Type]> {
  /**
   * `'i32'`, `'i64'` (a `bigint`), `'f64'`, `'bool'`, or `'json'` for anything that can be sent; default: `'json'`.
   * Also `'i'`, `'d'` and `'b'` for the first, the third and the fourth.
   */
  readonly type?: Type | undefined;
  /** Counts for whoever names it first; default: 0, false, `null`. */
  readonly initial?: T | undefined;
}

interface Versioned<T> {
  readonly value: T;
  readonly version: number;
}

/** A value that everybody sees and changes. */
export class IpcValue<T> {
  /** @internal */
  constructor(
    private readonly connection: Connection,
    readonly name: string,
    private readonly options: Readonly<Record<string, unknown>>,
  ) {}

  /** What it is at the moment. */
  get(): Promise<T> {
    return this.#request('get');
  }

  /** @throws {@link InvalidArgumentError} when it is not of the value's type; all that change it do so */
  set(value: T): Promise<void> {
    return this.#request('set', [value]);
  }

  /** Adds at once, so that no other's change gets lost. @returns the sum */
  increment(by: number | bigint = 1): Promise<T> {
    return this.#request('increment', [by]);
  }

  /** Changes it if it is as expected (by its content, where it is of type `'json'`). @returns whether it was */
  compareAndSet(expected: T, value: T): Promise<boolean> {
    return this.#request('exchange', [expected, value]);
  }

  /**
   * Changes it by a function of what it is, which is called again when another's change came between.
   *
   * @returns what it is changed to
   */
  async update(change: (value: T) => T | PromiseLike<T>): Promise<T> {
    for (;;) {
      const { value, version } = await this.#request<Versioned<T>>('read');
      const next = await change(value);
      if (await this.#request<boolean>('replace', [version, next])) return next;
    }
  }

  /**
   * What it is now, and then what it is after changes; one who is slow misses what was changed again.
   *
   * @throws {@link IpcTimeoutError} when nothing changes for so long, {@link IpcCancelledError}
   */
  async *watch(options?: WaitOptions): AsyncGenerator<T, void, undefined> {
    let known = 0;
    for (;;) {
      const { value, version } = await this.#request<Versioned<T>>('watch', [known], options);
      known = version;
      yield value;
    }
  }

  /** Forgets it. The next use of the name makes a new one. */
  delete(): Promise<void> {
    return this.#request('delete');
  }

  #request<R>(operation: string, args?: readonly unknown[], wait?: WaitOptions): Promise<R> {
    const ask = { options: this.options, args, wait };
    return this.connection.request<R>(`value.${operation}`, this.name, ask);
  }
}
