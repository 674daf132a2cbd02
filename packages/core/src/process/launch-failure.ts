import type { LaunchContext, Launched } from '../contracts/launchable.js';
import type { ProcessResult } from '../contracts/process-result.js';
import { CallSite } from '../diagnostics/call-site.js';
import type { ProcError } from '../errors/proc-error.js';
import type { ProcessEngine } from './process-engine.js';
import { failedStartResult } from '../result/failed-start-result.js';
import { describedSpec } from './described-spec.js';
import type { ProcessDraft } from './process-draft.js';
import { uniqueId } from './unique-id.js';

/** A launch of a description that can not be run: it ends at once, with a result like any other. */
export class LaunchFailure implements Launched {
  readonly outcome: Promise<ProcessResult>;
  readonly pid = undefined;

  constructor(
    draft: ProcessDraft,
    error: ProcError,
    { key, callSite = CallSite.capture() }: LaunchContext,
    engine: Pick<ProcessEngine, 'clock' | 'events'>,
  ) {
    const identity = { runId: uniqueId(), key, attempt: 1 };
    this.outcome = Promise.resolve(
      failedStartResult(describedSpec(draft), error, identity, engine, callSite),
    );
  }

  running(): boolean {
    return false;
  }

  signal(): boolean {
    return false;
  }

  stop(): Promise<ProcessResult> {
    return this.outcome;
  }
}
