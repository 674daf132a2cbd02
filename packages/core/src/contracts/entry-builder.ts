import type { Launchable } from './launchable.js';
import type { ProcessStarters } from './process-starters.js';

/**
 * What the callback of a pool or a pipeline is given: each verb adds an entry and returns it for further
 * description. Packages that bring other kinds of entries augment this interface (`pipeThrough`, by `@proc/pipe`)
 * and register the verb with `ProcessManager.entryMacro`.
 */
export interface EntryBuilder extends ProcessStarters {
  /**
   * Names the entry that the next verb adds.
   *
   * @throws {@link InvalidArgumentError} when the key is taken
   */
  as(key: string): this;
  /** Adds anything that can be launched. */
  add<Entry extends Launchable>(entry: Entry): Entry;
}

/** An entry with its key: the name given to it, else its position. */
export interface KeyedEntry {
  readonly key: string | number;
  readonly entry: Launchable;
}
