import type { PoolEntryBuilder } from './pool-entry-builder.js';
import type { PoolEntryInput } from './scheduling.js';

/**
 * Adds the entries of a pool. Runs at each start of the pool, must be synchronous, and its return value is ignored.
 */
export type PoolBuilder = (pool: PoolEntryBuilder) => void;

/**
 * What a pool runs.
 *
 * - a function that is handed a builder
 * - a list, or named entries as a record or Map; checked as a whole before anything starts
 * - any other iterable, synchronous or not, of any length: read one entry at a time as places become free
 */
export type PoolDefinition =
  | PoolBuilder
  | Iterable<PoolEntryInput>
  | AsyncIterable<PoolEntryInput>
  | ReadonlyMap<string, PoolEntryInput>
  | Readonly<Record<string, PoolEntryInput>>;
