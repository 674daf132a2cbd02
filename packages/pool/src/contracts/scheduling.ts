import type { CommandDescription, EntryDescription, EntryInput } from '@proc/core';
import type { PoolKey } from './pool-key.js';

/** What an entry waits for. */
export interface Dependency {
  /** The name of another entry; its position, when it has no name. */
  readonly key: PoolKey;
  /**
   * `success`, the default: when the other one fails or is skipped, so is this one. `end`: this one runs whatever
   * becomes of the other, as soon as that is over.
   */
  readonly on?: 'success' | 'end' | undefined;
}

/** What decides when an entry of a pool is started. */
export interface Scheduling {
  /** The entries that come first: a key, what {@link Dependency} says of one, or a list of those. Default: none. */
  readonly after?: PoolKey | Dependency | readonly (PoolKey | Dependency)[] | undefined;
  /** Of the entries that could start, the one of the highest is next; at equal ones, in their order. Default: 0. */
  readonly priority?: number | undefined;
  /**
   * How many places it takes; default 1. One that is heavier than the pool is wide runs alone. Until there is room
   * for the next entry, those behind it wait as well.
   */
  readonly weight?: number | undefined;
}

/**
 * One entry in a list or an iterable: a command, `{ command, key, …options }`, `{ entry, key }` or something to launch.
 * The forms in braces may say when it is started, see {@link Scheduling}.
 */
export type PoolEntryInput =
  EntryInput | (CommandDescription & Scheduling) | (EntryDescription & Scheduling);
