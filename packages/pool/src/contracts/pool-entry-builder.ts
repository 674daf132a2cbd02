import type { EntryBuilder } from '@proc/core';
import type { PoolKey } from './pool-key.js';
import type { Dependency } from './scheduling.js';

/**
 * What the callback of a pool is given: each verb adds an entry. `as`, `after`, `priority` and `weight` describe the
 * entry that the next verb adds.
 *
 * @example
 * ```ts
 * pool.as('test').after('build').priority(10).weight(2).command('npm test');
 * ```
 */
export interface PoolEntryBuilder extends EntryBuilder {
  /**
   * The next entry starts when all these have succeeded; `{ key, on: 'end' }`: when it has ended in any way. Keys may
   * be those of entries that are added later. Repeated calls add up.
   *
   * @throws {@link InvalidArgumentError} for what is no key
   */
  after(...dependencies: readonly (PoolKey | Dependency)[]): this;
  /** Of the entries that could start, the one of the highest priority is next; default 0. */
  priority(priority: number): this;
  /** How many places the next entry takes; default 1. */
  weight(weight: number): this;
}
