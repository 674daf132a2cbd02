import type { ProcessOptions } from '../../src/contracts/process-options.js';
import { applyOptions } from '../../src/process/apply-options.js';
import { emptyDraft, type ProcessDraft } from '../../src/process/process-draft.js';
import { ProcessSettings } from '../../src/process/process-settings.js';

/** Settings whose draft can be looked at. */
class ReadableSettings extends ProcessSettings {
  // Not declared, as what makes one is not.
  declare protected readonly draft: ProcessDraft;

  options(options: ProcessOptions): this {
    applyOptions(this, options);
    return this;
  }

  read(): ProcessDraft {
    return this.draft;
  }
}

/** Settings that have been told nothing yet. */
export function describedBy(): ReadableSettings {
  return Reflect.construct(ReadableSettings, [emptyDraft()]);
}
