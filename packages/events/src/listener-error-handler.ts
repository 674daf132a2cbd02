import type { ProcEvent } from '@proc/core';
import { warnOfListener } from '@proc/core/internal';

export { LISTENER_FAILED } from '@proc/core/internal';

/**
 * Receives what a listener threw or rejected with, and the event it was given.
 *
 * The error has gone nowhere else: the process, the other listeners and `dispatch` know nothing of it. A handler that
 * throws is itself reported as a process warning.
 */
export type ListenerErrorHandler = (error: unknown, event: ProcEvent) => void;

/** The default {@link ListenerErrorHandler}: a process warning with the code `PROC_LISTENER_FAILED`. */
export function warnOfListenerError(error: unknown, event: ProcEvent): void {
  warnOfListener(event.name, error);
}
