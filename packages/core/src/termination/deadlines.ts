import type { Capture } from '../capture/capture.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { RunScope } from '../process/run-scope.js';
import type { Termination } from './termination.js';

/** Ends the process when its timeout, or its idle timeout, has passed. Both clocks are monotonic. */
export function watchDeadlines(
  spec: ProcessSpec,
  capture: Capture,
  termination: Termination,
  scope: RunScope,
): void {
  if (spec.timeoutMs !== null) {
    scope.timer(spec.timeoutMs, () => {
      termination.request({ reason: 'timedOut' });
    });
  }
  if (spec.idleTimeoutMs !== null) watchSilence(spec.idleTimeoutMs, capture, termination, scope);
}

/** One timer that is set again for the rest, rather than one per chunk. */
function watchSilence(
  idleMs: number,
  capture: Capture,
  termination: Termination,
  scope: RunScope,
): void {
  const now = scope.clock.now();
  // A process that is held back by a slow reader is not silent of its own.
  const rest = (capture.heldBack ? now : capture.lastOutputAt) + idleMs - now;
  if (rest <= 0) termination.request({ reason: 'idleTimedOut' });
  else
    scope.timer(Math.ceil(rest), () => {
      watchSilence(idleMs, capture, termination, scope);
    });
}
