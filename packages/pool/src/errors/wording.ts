import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolStopReason } from '../contracts/pool-stop-reason.js';

/** Completes "the pool …". */
export const REASON_TEXT: Readonly<Record<PoolStopReason, string>> = {
  halted: 'was halted',
  stopped: 'was stopped',
  cancelled: 'was cancelled',
  timedOut: 'exceeded its timeout',
  interrupted: 'was interrupted',
};

/** A name in quotes, a position bare. */
export function describeKey(key: PoolKey): string {
  return typeof key === 'string' ? `"${key}"` : String(key);
}
