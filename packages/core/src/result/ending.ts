import type { ProcessExit } from '../contracts/process-handle.js';
import type { TerminationReason } from '../contracts/termination-reason.js';

/** All that is known of how an attempt ended: what the result and its error are made of. */
export interface Ending extends ProcessExit {
  readonly reason: TerminationReason | null;
  readonly cause: unknown;
  readonly outputHeldOpen: boolean;
  readonly durationMs: number;
}

/** The ending of a process that still runs. */
export const STILL_RUNNING = Object.freeze({
  exitCode: null,
  signal: null,
  reason: null,
  cause: undefined,
  outputHeldOpen: false,
} satisfies Omit<Ending, 'durationMs'>);
