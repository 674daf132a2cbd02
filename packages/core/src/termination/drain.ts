import type { DrainSpec } from '../contracts/drain.js';
import type { RunScope } from '../process/run-scope.js';

/** What is waited for: output, or messages. */
export interface Drainable {
  readonly hasEnded: boolean;
  /** Resolves at the end; never rejects. */
  readonly ended: Promise<unknown>;
  /** When the last of it came, on the monotonic clock. */
  readonly lastOutputAt: number;
  /** Whether it waits for a slow reader of ours. */
  readonly heldBack: boolean;
}

/**
 * Waits, after a process has exited, for the end of its output. A slow reader is waited for as long as it takes,
 * unless the process was ended by us (`impatient`).
 *
 * @returns whether something still holds the output open
 */
export async function drain(
  source: Drainable,
  scope: RunScope,
  options: { readonly impatient: boolean },
  limits: DrainSpec,
): Promise<boolean> {
  const { clock } = scope;
  const start = clock.now();
  for (let quietSince = start; !source.hasEnded;) {
    const now = clock.now();
    const patient = source.heldBack && !options.impatient;
    const wait = Math.min(quietSince + limits.idleMs, start + limits.longestMs) - now;
    if (wait <= 0 && !patient) break;
    await Promise.race([source.ended, pause(scope, Math.max(wait, 10))]);
    quietSince = Math.max(start, source.lastOutputAt);
  }
  return !source.hasEnded;
}

function pause(scope: RunScope, ms: number): Promise<void> {
  return new Promise((resolve) => {
    scope.timer(ms, resolve);
  });
}
