import { requireList } from '@proc/core/internal';
import { TaskSequenceEmptyError } from './errors/task-sequence-empty-error.js';
import type { TaskFake } from './task-fake.js';

/** Fakes that are used one after the other, one for each call. */
export class FakeTaskSequence {
  readonly #fakes: TaskFake[];
  #whenEmpty: { readonly fake: TaskFake } | undefined;

  constructor(fakes: readonly TaskFake[] = []) {
    this.#fakes = [...requireList(fakes, 'Fakes of a sequence are given as')];
  }

  /** Adds one more at the end. */
  push(fake: TaskFake): this {
    this.#fakes.push(fake);
    return this;
  }

  /** What comes of calls when it is used up; by default they fail with a {@link TaskSequenceEmptyError}. */
  whenEmpty(fake: TaskFake): this {
    this.#whenEmpty = { fake };
    return this;
  }

  /** How many are left. */
  get remaining(): number {
    return this.#fakes.length;
  }

  /** @throws {@link TaskSequenceEmptyError} when it is used up */
  next(): TaskFake {
    if (this.#fakes.length > 0) return this.#fakes.shift();
    if (this.#whenEmpty !== undefined) return this.#whenEmpty.fake;
    throw new TaskSequenceEmptyError('A sequence of fakes was asked for more tasks than it has.');
  }
}
