import { InvalidArgumentError, type Duration } from '@proc/core';
import { parseDuration, readObject } from '@proc/core/internal';

/** How a worker goes that takes its task with it. */
export interface FakeCrash {
  /** Default: 1, or null when a signal is given. */
  readonly exitCode?: number | null | undefined;
  readonly signal?: NodeJS.Signals | undefined;
  /** The last that it wrote to stderr. */
  readonly stderr?: string | undefined;
  readonly outOfMemory?: boolean | undefined;
}

const CRASH_KEYS = ['exitCode', 'signal', 'stderr', 'outOfMemory'];

/** What happens before the end. */
export type FakeTaskStep =
  | { readonly kind: 'delay'; readonly ms: number }
  | { readonly kind: 'emit'; readonly value: unknown };

/** How a described task ends. */
export type FakeTaskEnd =
  | { readonly kind: 'return'; readonly value: unknown }
  | { readonly kind: 'throw'; readonly error: unknown }
  | { readonly kind: 'crash'; readonly crash: FakeCrash }
  | { readonly kind: 'run' | 'hang' | 'timeOut' };

/**
 * What a task does in its place, step by step. Without an end it returns nothing.
 *
 * @example
 * ```ts
 * fakes.fake({ resize: fakes.describe().emit(50).delay('1s').returns('done') });
 * ```
 */
export class FakeTaskDescription {
  readonly #steps: FakeTaskStep[] = [];
  #end: FakeTaskEnd | undefined;

  /**
   * Takes its time, by `setTimeout`, so that fake timers of a runner work. A task that is cancelled meanwhile ends.
   *
   * @throws {@link InvalidArgumentError} for what is no duration
   */
  delay(duration: Duration): this {
    this.#steps.push({ kind: 'delay', ms: parseDuration(duration, 'delay') });
    return this;
  }

  /** Gives a value to `context.emit()`. */
  emit(value: unknown): this {
    this.#steps.push({ kind: 'emit', value });
    return this;
  }

  /** Ends with this result. */
  returns(value: unknown): this {
    return this.#endsBy({ kind: 'return', value });
  }

  /** Ends with this error, which travels as a real one would. */
  throws(error: unknown): this {
    return this.#endsBy({ kind: 'throw', error });
  }

  /** Ends by calling the real function, in this thread: for tasks that are slow, and right. */
  runs(): this {
    return this.#endsBy({ kind: 'run' });
  }

  /**
   * Takes its worker with it: the task fails with a `WorkerCrashedError`, or is tried again where asked for.
   *
   * @throws {@link InvalidArgumentError} for what describes no crash
   */
  crashes(crash: FakeCrash = {}): this {
    return this.#endsBy({
      kind: 'crash',
      crash: readObject(crash, 'A crash is described as', CRASH_KEYS),
    });
  }

  /** Never ends, and looks at no signal: what ends it is the time limit, or who cancels it. */
  hangs(): this {
    return this.#endsBy({ kind: 'hang' });
  }

  /** Has its time limit pass, without anybody having to wait for it. A task without a limit fails for want of one. */
  timesOut(): this {
    return this.#endsBy({ kind: 'timeOut' });
  }

  /** What it does before its end. */
  get steps(): readonly FakeTaskStep[] {
    return this.#steps;
  }

  /** How it ends. */
  get end(): FakeTaskEnd {
    return this.#end ?? { kind: 'return', value: undefined };
  }

  #endsBy(end: FakeTaskEnd): this {
    if (this.#end !== undefined) {
      throw new InvalidArgumentError(
        'A described task ends once, and this one has an end already.',
      );
    }
    this.#end = end;
    return this;
  }
}
