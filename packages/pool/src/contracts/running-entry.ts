import type { Launched } from '@proc/core';
import type { PoolKey } from './pool-key.js';

/** An entry of a pool that has been launched and has not ended. */
export interface RunningEntry extends Launched {
  /** Its name, or else its position. */
  readonly key: PoolKey;
  /** The command line. */
  readonly command: string;
}
