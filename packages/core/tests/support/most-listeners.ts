import { getMaxListeners } from 'node:events';

/** With how many listeners of a signal Node takes one more for a leak, and warns; 0 for never. */
export function mostListeners(signal: AbortSignal): number {
  try {
    return getMaxListeners(signal);
  } catch {
    // Node 20 can not tell that there is no limit.
    return 0;
  }
}
