import type { FunctionReference } from '../../functions/task-reference.js';
import type { ParallelPool } from '../flow/parallel-pool.js';
import type { Items } from '../flow/item-source.js';
import type { Track } from '../start-flow.js';
import type { ItemFailures } from '../item-failures.js';
import type { ResolvedParallelOptions } from '../resolve-parallel-options.js';

/** What is to be done, checked and complete. */
export interface Operation {
  readonly items: Items<unknown>;
  readonly reference: FunctionReference;
  readonly pool: ParallelPool;
  readonly options: ResolvedParallelOptions;
  readonly track: Track;
  readonly failures: ItemFailures;
}
