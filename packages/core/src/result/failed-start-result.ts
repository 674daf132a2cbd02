import { RetainedOutput } from '../capture/retained-output.js';
import { createRetention } from '../capture/retention.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { CallSite } from '../diagnostics/call-site.js';
import type { ProcError } from '../errors/proc-error.js';
import { ProcessCancelledError } from '../errors/process-cancelled-error.js';
import type { RunIdentity } from '../events/process-event.js';
import type { ProcessEngine } from '../process/process-engine.js';
import { CapturedResult } from './captured-result.js';
import { STILL_RUNNING } from './ending.js';
import { LifecycleEvents } from '../process/lifecycle-events.js';
import { startingSnapshot } from '../process/start-process.js';

/** The result of an attempt that did not start: the usual shape, nothing printed, and the error. */
export function failedStartResult(
  spec: ProcessSpec,
  error: ProcError,
  identity: RunIdentity,
  { clock, events }: Pick<ProcessEngine, 'clock' | 'events'>,
  callSite: CallSite,
): ProcessResult {
  const reason = ProcessCancelledError.is(error) ? 'cancelled' : 'failedToStart';
  const nothing = new RetainedOutput(
    createRetention({ policy: 'discard', limit: 0, file: null }),
    'utf8',
  );
  const now = clock.date();
  const result = new CapturedResult({
    spec,
    pid: undefined,
    ending: { ...STILL_RUNNING, reason, cause: error.cause, durationMs: 0 },
    error,
    stdout: nothing,
    stderr: nothing,
    truncated: false,
    startedAt: now,
    endedAt: now,
    attempts: identity.attempt,
    callSite,
  });
  const snapshot = {
    ...startingSnapshot('', spec, { driver: spec.driver ?? '', clock }),
    status: 'exited' as const,
  };
  new LifecycleEvents(events, identity, spec, () => snapshot).failedToStart(result);
  return result;
}
