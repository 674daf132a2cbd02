import type { EntryInput, KeyedEntry, ProcessManager } from '@proc/core';
import { EntryList } from '@proc/core/internal';

/**
 * What can be launched, made of one input. A key that is a number has no meaning here: it is the position in a list
 * of one.
 *
 * @throws {@link InvalidArgumentError} when it is no command
 */
export function toEntry(manager: ProcessManager, input: EntryInput, name?: string): KeyedEntry {
  return new EntryList(manager, 'pool').addInput(input, name);
}
