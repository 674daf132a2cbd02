import type { ProcessSpec } from '../contracts/process-spec.js';
import { freezeSpec } from './freeze-run.js';
import { emptyDraft, type ProcessDraft } from './process-draft.js';

/** The specification of a description; of one that can not be run, as far as there is one: for messages and results. */
export function describedSpec(draft: ProcessDraft): ProcessSpec {
  try {
    return freezeSpec(draft);
  } catch {
    const words = [draft.command ?? [], draft.args ?? []].flat().map(String);
    const file = words.join(' ').replaceAll('\0', '\\0') || '(no command)';
    const { tag, meta } = draft;
    return freezeSpec({ ...emptyDraft(), command: [file], shell: false, tag, meta });
  }
}
