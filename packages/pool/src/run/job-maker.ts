import type { PoolEntry } from '../entries/pool-entry-list.js';
import { Job } from '../scheduler/job.js';
import type { EntryStates } from './entry-states.js';
import type { Tally } from './tally.js';

/** Numbers the entries of a run as they become known, and sees to it that a name is given once. */
export class JobMaker {
  readonly #tally: Tally;
  readonly #states: EntryStates;

  constructor(tally: Tally, states: EntryStates) {
    this.#tally = tally;
    this.#states = states;
  }

  /** @throws {@link InvalidArgumentError} when the name is taken */
  make({ key, entry, attributes }: PoolEntry): Job {
    const name = typeof key === 'string' ? key : undefined;
    const index = this.#states.add(name);
    const job = new Job({ key: name ?? index, index, entry, scheduling: attributes });
    this.#tally.add(job.weight);
    return job;
  }
}
