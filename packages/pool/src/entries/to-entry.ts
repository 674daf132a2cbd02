import type { ProcessManager } from '@proc/core';
import type { PoolEntryInput } from '../contracts/scheduling.js';
import { PoolEntryList, type PoolEntry } from './pool-entry-list.js';

/**
 * What can be launched, made of one input. A key that is a number has no meaning here: it is the position in a list
 * of one.
 *
 * @throws {@link InvalidArgumentError} when it is no command
 */
export function toEntry(manager: ProcessManager, input: PoolEntryInput, name?: string): PoolEntry {
  return new PoolEntryList(manager).add(input, name);
}
