import type { Capture } from '../capture/capture.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import { CapturedResult } from './captured-result.js';
import type { CallSite } from '../diagnostics/call-site.js';
import { endingError, type OutputTails } from '../diagnostics/ending-error.js';
import type { Ending } from './ending.js';

/** Bytes of each stream that an error message is made from. */
const TAIL_BYTES = 8 * 1024;

/** Which process, and when. */
export interface ResultOrigin {
  readonly spec: ProcessSpec;
  readonly pid: number | undefined;
  readonly startedAt: number;
  readonly attempt: number;
  readonly callSite: CallSite;
}

/** The result of a process with this ending, or of one that still runs (`endedAt` is `null`). */
export function buildResult(
  origin: ResultOrigin,
  capture: Capture,
  ending: Ending,
  endedAt: Date | null,
): ProcessResult {
  const { spec, pid, startedAt, attempt, callSite } = origin;
  return new CapturedResult({
    spec,
    pid,
    ending,
    error: endingError(spec, ending, () => outputTails(capture, spec)),
    stdout: capture.retained('out'),
    stderr: capture.retained('err'),
    truncated: capture.truncated,
    startedAt: new Date(startedAt),
    endedAt,
    attempts: attempt,
    callSite,
  });
}

/** The last of what was printed so far. */
export function outputTails(capture: Capture, spec: ProcessSpec): OutputTails {
  const secrets = secretsOf(spec);
  return {
    stdout: capture.retained('out').tail(TAIL_BYTES, secrets),
    stderr: capture.retained('err').tail(TAIL_BYTES, secrets),
  };
}
