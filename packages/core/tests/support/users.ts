import type { PendingProcess } from '@proc/core';

/** Somebody without rights; on every system he is there or needs not be. */
export const NOBODY = 65_534;

/** Whether this process may become somebody else, and is not held back by limits. */
export const isRoot = process.geteuid?.() === 0;

/** A description that is run by somebody without rights, whoever runs the tests. */
export function unprivileged(pending: PendingProcess): PendingProcess {
  return isRoot ? pending.user(NOBODY, NOBODY) : pending;
}
