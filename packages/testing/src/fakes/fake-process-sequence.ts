import { requireList } from '@proc/core/internal';
import { SequenceEmptyError } from '../errors/sequence-empty-error.js';
import { FakeProcessResult } from './fake-process-result.js';
import type { FakeOutputValue } from './fake-output.js';
import type { FakeHandler } from './fake-handler.js';

/** Fakes that are used up one after the other, one per start. */
export class FakeProcessSequence {
  readonly #values: FakeHandler[];
  #whenEmpty: { readonly value: FakeHandler } | undefined;

  constructor(values: readonly FakeHandler[] = []) {
    this.#values = [...requireList(values, 'Fakes of a sequence are given as')];
  }

  /** Adds one more at the end. */
  push(value: FakeHandler): this {
    this.#values.push(value);
    return this;
  }

  /** Adds a failure. */
  pushFailure(exitCode = 1, errorOutput: FakeOutputValue = ''): this {
    return this.push(new FakeProcessResult({ exitCode, errorOutput }));
  }

  /** What follows when all have been used, any number of times. */
  whenEmpty(value: FakeHandler): this {
    this.#whenEmpty = { value };
    return this;
  }

  /** Succeeds without output when all have been used. */
  dontFailWhenEmpty(): this {
    return this.whenEmpty(new FakeProcessResult());
  }

  /** Whether all have been used. */
  isEmpty(): boolean {
    return this.#values.length === 0;
  }

  /** How many are left. */
  get remaining(): number {
    return this.#values.length;
  }

  /**
   * Takes the next one.
   *
   * @param command - what it is for, for the error
   * @throws {@link SequenceEmptyError} when there is none and nothing was said of that case
   */
  next(command?: string): FakeHandler {
    const [value] = this.#values.splice(0, 1);
    if (value !== undefined) return value;
    if (this.#whenEmpty !== undefined) return this.#whenEmpty.value;
    throw new SequenceEmptyError(
      `A sequence of fakes was asked for another process${command === undefined ? '' : ` [${command}]`}, ` +
        'but all have been used. ' +
        'Push more, or say what follows with whenEmpty() or dontFailWhenEmpty().',
    );
  }
}
