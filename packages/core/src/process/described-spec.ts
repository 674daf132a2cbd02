import { showableCommand } from '../command/showable-command.js';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { showValue } from '../diagnostics/show-value.js';
import { isSecret } from '../redaction/secret.js';
import { freezeSpec } from './freeze-run.js';
import { emptyDraft, type ProcessDraft } from './process-draft.js';

/** The specification of a description; of one that can not be run, as far as there is one: for messages and results. */
export function describedSpec(draft: ProcessDraft): ProcessSpec {
  try {
    return freezeSpec(draft);
  } catch {
    const words = [draft.command ?? [], draft.args ?? []].flat().map(wordText);
    const file = showableCommand(words.join(' '));
    const { tag, meta } = draft;
    return freezeSpec({ ...emptyDraft(), command: [file], shell: false, tag, meta });
  }
}

function wordText(word: unknown): string {
  if (isSecret(word)) return word.toJSON();
  return typeof word === 'string' ? word : showValue(word);
}
