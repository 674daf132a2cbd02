import type { Launchable } from '@proc/core';
import type { CallSite } from '@proc/core/internal';
import type { PoolKey } from '../contracts/pool-key.js';

/** An entry on its way through a scheduler. */
export interface Job {
  readonly key: PoolKey;
  /** Position among all entries, from 0. */
  readonly index: number;
  readonly entry: Launchable;
  /** Where it was asked for, unless together with the others. */
  readonly callSite?: CallSite;
}
