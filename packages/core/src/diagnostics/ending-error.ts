import type { ProcessSpec } from '../contracts/process-spec.js';
import { InputSourceError } from '../errors/input-source-error.js';
import { OutputCallbackError } from '../errors/output-callback-error.js';
import { OutputLimitError } from '../errors/output-limit-error.js';
import type { ProcessError } from '../errors/process-error.js';
import { ProcessCancelledError } from '../errors/process-cancelled-error.js';
import { ProcessFailedError } from '../errors/process-failed-error.js';
import { ProcessIdleTimedOutError } from '../errors/process-idle-timed-out-error.js';
import { ProcessSignaledError } from '../errors/process-signaled-error.js';
import { ProcessTimedOutError } from '../errors/process-timed-out-error.js';
import { formatDuration } from '../measures/format-duration.js';
import type { Ending } from '../result/ending.js';
import { causeText } from './cause-text.js';
import { endingHint } from './ending-hint.js';
import { exitText, signalText } from './exit-text.js';
import { failureMessage } from './failure-message.js';
import { receiverFailure } from './receiver-failure.js';

/** The last of what a run printed. */
export interface OutputTails {
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The error that a run with this ending rejects with; `null` for an exit, a signal and a stop, which are results.
 *
 * @param tails - asked for only if there is an error: to look for secrets takes its time
 */
export function endingError(
  spec: ProcessSpec,
  ending: Ending,
  tails: () => OutputTails,
): ProcessError | null {
  const message = (what: string): string => failureMessage({ what, spec, ...tails() });
  const options = ending.cause === undefined ? undefined : { cause: ending.cause };
  switch (ending.reason) {
    case 'timedOut': {
      const limit = spec.timeoutMs ?? 0;
      const what = `exceeded its timeout of ${formatDuration(limit)} (ended after ${formatDuration(ending.durationMs)}).`;
      return new ProcessTimedOutError(message(what), spec, limit);
    }
    case 'idleTimedOut': {
      const limit = spec.idleTimeoutMs ?? 0;
      const what = `printed nothing for ${formatDuration(limit)}, its idle timeout.`;
      return new ProcessIdleTimedOutError(message(what), spec, limit);
    }
    case 'cancelled':
      return new ProcessCancelledError(
        message(`was cancelled${because(ending.cause)}.`),
        spec,
        options,
      );
    case 'outputLimit':
      return new OutputLimitError(
        message(`exceeded its limit of output${because(ending.cause)}.`),
        spec,
        options,
      );
    case 'callbackFailed':
      return new OutputCallbackError(
        message(`was ended because ${receiverFailure(ending.cause)}${because(ending.cause)}.`),
        spec,
        options,
      );
    case 'inputFailed':
      return new InputSourceError(
        message(`was ended because the source of its input failed${because(ending.cause)}.`),
        spec,
        options,
      );
    default:
      return null;
  }
}

/** What `throw()` throws after a non-zero exit or a signal. */
export function unsuccessfulError(
  spec: ProcessSpec,
  ending: Pick<Ending, 'exitCode' | 'signal'>,
  tails: OutputTails,
): ProcessError {
  const { exitCode, signal } = ending;
  if (signal !== null) {
    const what = `was ended by ${signal} (${signalText(signal)}).${endingHint(spec, ending)}`;
    return new ProcessSignaledError(failureMessage({ what, spec, ...tails }), spec);
  }
  const what =
    exitCode === null
      ? 'has not ended yet.'
      : `failed with exit code ${exitCode} (${exitText(exitCode, null)}).${endingHint(spec, ending)}`;
  return new ProcessFailedError(failureMessage({ what, spec, ...tails }), spec);
}

function because(cause: unknown): string {
  return cause === undefined ? '' : `: ${causeText(cause)}`;
}
