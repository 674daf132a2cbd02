import type { ProcError, TerminationReason } from '@proc/core';
import type { KeptOutput } from '@proc/core/internal';

/** How an in-process stage ended. */
export interface StageEnding {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly reason: TerminationReason | null;
  readonly error: ProcError | null;
  /** What the part of it that failed printed there. */
  readonly stderr?: KeptOutput | undefined;
}

/** It handed everything on. */
export const COMPLETED: StageEnding = Object.freeze({
  exitCode: 0,
  signal: null,
  reason: null,
  error: null,
});

/** Its reader is gone: what a process would learn by this signal. */
export const READER_GONE: StageEnding = Object.freeze({
  exitCode: null,
  signal: 'SIGPIPE',
  reason: null,
  error: null,
});

/** Something of it failed. */
export function failedEnding(reason: TerminationReason, error: ProcError): StageEnding {
  return { exitCode: null, signal: null, reason, error };
}

/** A signal was sent to it. */
export function signalEnding(signal: NodeJS.Signals): StageEnding {
  return { exitCode: null, signal, reason: 'stopped', error: null };
}
