import type { Launched } from '@proc/core';

/**
 * Resolves when a launched stage runs, or never will; never rejects. What a `PendingProcess` launches tells it by a
 * promise `started`; anything else runs as soon as it is launched.
 */
export async function whenStarted(launched: Launched): Promise<void> {
  const { started } = launched as Launched & { readonly started?: PromiseLike<unknown> };
  try {
    await started;
  } catch {
    // Why it did not start is told by its outcome.
  }
}
