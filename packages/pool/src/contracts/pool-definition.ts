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
  // Five of what an iterable or a ReadonlyMap is already: where something in one of them does not fit, the compiler
  // explains it by the member of the union that is of the same class, and without such a one by the record.
  | PoolEntryInput[]
  | readonly PoolEntryInput[]
  | Map<string, PoolEntryInput>
  | Generator<PoolEntryInput, unknown, undefined>
  | AsyncGenerator<PoolEntryInput, unknown, undefined>
  | Iterable<PoolEntryInput>
  | AsyncIterable<PoolEntryInput>
  | ReadonlyMap<string, PoolEntryInput>
  | Readonly<Record<string, PoolEntryInput>>;
