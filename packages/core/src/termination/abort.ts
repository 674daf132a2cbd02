import { setMaxListeners } from 'node:events';
import type { RunScope } from '../process/run-scope.js';

/** Calls `onAbort` once, with the reason, when any of the signals aborts; at once when one has already. */
export function watchAbort(
  signals: readonly AbortSignal[],
  scope: RunScope,
  onAbort: (reason: unknown) => void,
): void {
  for (const signal of signals) {
    if (signal.aborted) {
      onAbort(signal.reason);
      return;
    }
    const listener = (): void => {
      onAbort(signal.reason);
    };
    allowManyListeners(signal);
    signal.addEventListener('abort', listener, { once: true });
    scope.defer(() => {
      signal.removeEventListener('abort', listener);
    });
  }
}

/** Many runs may share a signal; Node would take the eleventh listener for a leak. */
export function allowManyListeners(signal: AbortSignal): void {
  try {
    setMaxListeners(0, signal);
  } catch {
    // A signal that is none of Node's own counts no listeners.
  }
}
