import type { PoolProgressSnapshot } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';

/** One way to show progress. */
export interface ProgressLook {
  /** May be put off, until the next call or {@link ProgressLook.end}. */
  show(progress: PoolProgressSnapshot, key: PoolKey | null): void;
  print(line: string): void;
  /** Shows what was put off, and ends the line. It can be begun anew then. */
  end(): void;
}
