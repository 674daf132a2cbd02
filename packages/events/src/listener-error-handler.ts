import type { ProcEvent } from '@proc/core';

/**
 * Receives what a listener threw or rejected with, and the event it was given.
 *
 * The error has gone nowhere else: the process, the other listeners and `dispatch` know nothing of it. A handler that
 * throws is itself reported as a process warning.
 */
export type ListenerErrorHandler = (error: unknown, event: ProcEvent) => void;

/** Code of the process warning that reports a failed listener. */
export const LISTENER_FAILED = 'PROC_LISTENER_FAILED';

/** The default {@link ListenerErrorHandler}: a process warning with the code {@link LISTENER_FAILED}. */
export function warnOfListenerError(error: unknown, event: ProcEvent): void {
  process.emitWarning(`A listener of ${event.name} failed: ${firstLine(error)}`, {
    type: 'ProcListenerWarning',
    code: LISTENER_FAILED,
    detail: stackOf(error),
  });
}

function firstLine(error: unknown): string {
  const message: unknown = isErrorLike(error) ? error.message : error;
  return String(message).split('\n', 1)[0] ?? '';
}

function stackOf(error: unknown): string {
  return isErrorLike(error) && typeof error.stack === 'string' ? error.stack : String(error);
}

// Not `instanceof Error`: that is false for an error of another realm, such as a test runner's sandbox.
function isErrorLike(value: unknown): value is { message: unknown; stack?: unknown } {
  return typeof value === 'object' && value !== null && 'message' in value;
}
