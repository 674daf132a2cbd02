import type { EventDispatcher } from '../contracts/event-dispatcher.js';
import type { Launched } from '../contracts/launchable.js';
import type { ProcessResult } from '../contracts/process-result.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import type { ProcError } from '../errors/proc-error.js';
import { failedStartResult } from './failed-start-result.js';
import { freezeSpec } from './freeze-run.js';
import { emptyDraft, type ProcessDraft } from './process-draft.js';
import { uniqueId } from './unique-id.js';

/** A launch of a description that can not be run: it ends at once, with a result like any other. */
export class LaunchFailure implements Launched {
  readonly outcome: Promise<ProcessResult>;
  readonly pid = undefined;

  constructor(
    draft: ProcessDraft,
    error: ProcError,
    key: string | number | undefined,
    events: EventDispatcher,
  ) {
    const identity = { runId: uniqueId(), key, attempt: 1 };
    this.outcome = Promise.resolve(failedStartResult(bestSpec(draft), error, identity, events));
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

/** The specification as far as there is one. */
function bestSpec(draft: ProcessDraft): ProcessSpec {
  const words = [draft.command ?? [], draft.args ?? []].flat().map(String);
  const file = words.join(' ').replaceAll('\0', '\\0') || '(no command)';
  const { tag, meta } = draft;
  return freezeSpec({ ...emptyDraft(), command: [file], shell: false, tag, meta });
}
