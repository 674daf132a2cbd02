import { InvalidArgumentError, type KeyedEntry } from '@proc/core';
import { describeKey } from '../errors/wording.js';
import type { Job } from '../scheduler/job.js';
import type { Tally } from './tally.js';

/** Numbers the entries of a run as they become known, and sees to it that a name is given once. */
export class JobMaker {
  readonly #tally: Tally;
  readonly #names = new Set<string>();

  constructor(tally: Tally) {
    this.#tally = tally;
  }

  /** @throws {@link InvalidArgumentError} when the name is taken */
  make({ key: name, entry }: KeyedEntry): Job {
    if (typeof name === 'string') this.#take(name);
    const index = this.#tally.add();
    return { key: typeof name === 'string' ? name : index, index, entry };
  }

  #take(name: string): void {
    if (this.#names.has(name)) {
      throw new InvalidArgumentError(`The pool has an entry named ${describeKey(name)} already.`);
    }
    this.#names.add(name);
  }
}
