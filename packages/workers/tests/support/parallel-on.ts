import type { ParallelPool } from '../../src/parallel/flow/parallel-pool.js';
import { Parallel } from '../../src/parallel/parallel.js';

/** Everything on one pool, and without processes. */
export function parallelOn(pool: ParallelPool): Parallel {
  return new Parallel({
    pool: () => pool,
    processes: () => {
      throw new Error('No processes are started here.');
    },
  });
}
