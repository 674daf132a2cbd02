import type { ProcessManager } from '@proc/core';
import { EntryList, type AttributedEntry } from '@proc/core/internal';
import type { PoolEntryBuilder } from '../contracts/pool-entry-builder.js';
import type { PoolKey } from '../contracts/pool-key.js';
import type { Dependency, PoolEntryInput } from '../contracts/scheduling.js';
import { SCHEDULING, type ResolvedScheduling } from './read-scheduling.js';

/** An entry of a pool, with what decides when it is started. */
export type PoolEntry = AttributedEntry<ResolvedScheduling>;

/** Collects the entries of a pool. */
export class PoolEntryList {
  readonly #list: EntryList<ResolvedScheduling>;

  constructor(manager: ProcessManager) {
    this.#list = new EntryList(manager, 'pool', SCHEDULING);
  }

  /** What the user's callback is given. */
  get builder(): PoolEntryBuilder {
    const list = this.#list;
    const verbs = {
      after(...dependencies: readonly (PoolKey | Dependency)[]): PoolEntryBuilder {
        list.describeNext('after', (before = []) => [...(before as object[]), ...dependencies]);
        return builder;
      },
      priority(priority: number): PoolEntryBuilder {
        list.describeNext('priority', () => priority);
        return builder;
      },
      weight(weight: number): PoolEntryBuilder {
        list.describeNext('weight', () => weight);
        return builder;
      },
    };
    const builder: PoolEntryBuilder = Object.assign(list.builder, verbs);
    return builder;
  }

  /** @throws {@link InvalidArgumentError} when something describes an entry that has not been added */
  get entries(): readonly PoolEntry[] {
    return this.#list.entries;
  }

  /** @throws {@link InvalidArgumentError} when it is no entry */
  add(input: PoolEntryInput, name?: string): PoolEntry {
    return this.#list.addInput(input, name);
  }
}
