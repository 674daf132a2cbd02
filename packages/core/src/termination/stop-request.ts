import type { Duration } from '../contracts/duration.js';
import { parseDuration } from '../measures/parse-duration.js';
import { normalizeSignal } from './signals.js';
import type { TerminationRequest } from './termination.js';

/**
 * What `stop()` asks for; what is not given is left to the process.
 *
 * @throws {@link InvalidArgumentError} for what is no duration, or no signal
 */
export function stopRequest(
  grace: Duration | undefined,
  signal: NodeJS.Signals | number | undefined,
): TerminationRequest {
  return {
    reason: 'stopped',
    ...(grace === undefined ? {} : { graceMs: parseDuration(grace, 'grace') }),
    ...(signal === undefined ? {} : { signal: normalizeSignal(signal) }),
  };
}
