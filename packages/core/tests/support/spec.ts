import type { ProcessSpec } from '../../src/contracts/process-spec.js';
import { freezeSpec } from '../../src/process/freeze-run.js';
import { emptyDraft, type ProcessDraft } from '../../src/process/process-draft.js';

/** A specification of the program `program`, with what the test wants to be different. */
export function makeSpec(draft: Partial<ProcessDraft> = {}): ProcessSpec {
  return freezeSpec({ ...emptyDraft(), command: ['program', 'argument'], ...draft });
}
