import { realTime } from '../clock/real-time.js';
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

/** How it is waited. */
export interface DrainConditions {
  /** A slow reader is waited for no longer than the rest. */
  readonly impatient: boolean;
  /** The output is made up, and comes by no system. */
  readonly virtual?: boolean | undefined;
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
  options: DrainConditions,
  limits: DrainSpec,
): Promise<boolean> {
  const { clock } = scope;
  const start = clock.now();
  for (let quietSince = start; !source.hasEnded;) {
    const now = clock.now();
    const patient = source.heldBack && !options.impatient;
    const wait = Math.min(quietSince + limits.idleMs, start + limits.longestMs) - now;
    if (wait <= 0 && !patient) {
      const { lastOutputAt } = source;
      if (options.virtual !== true) await poll();
      if (source.lastOutputAt === lastOutputAt || now >= start + limits.longestMs) break;
    } else {
      await Promise.race([source.ended, pause(scope, Math.max(wait, 10))]);
    }
    quietSince = Math.max(start, source.lastOutputAt);
  }
  return !source.hasEnded;
}

function pause(scope: RunScope, ms: number): Promise<void> {
  return new Promise((resolve) => {
    scope.timer(ms, resolve);
  });
}

/**
 * Lets the event loop read what the system has: where it was blocked, it hears of timers first. An exit may be heard of
 * ahead of the last output too, where another one came at the same time.
 */
function poll(): Promise<void> {
  return new Promise((resolve) => {
    realTime.setImmediate(resolve);
  });
}
