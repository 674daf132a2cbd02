/** Code of the process warning that reports a failed listener. */
export const LISTENER_FAILED = 'PROC_LISTENER_FAILED';

/**
 * Reports what a listener threw by a process warning: it has gone nowhere else, and must break nothing.
 *
 * @param heard - what it listened to
 */
export function warnOfListener(heard: string, error: unknown): void {
  process.emitWarning(`A listener of ${heard} failed: ${firstLine(error)}`, {
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
