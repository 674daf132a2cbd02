import type { Launchable } from '@proc/core';
import { canStart } from '@proc/core/internal';
import { specOf, takesDescriptors } from './command-entry.js';

/**
 * Whether a stage can be started, as far as that can be told beforehand. Only commands of this machine are looked at:
 * what fakes and remote drivers have is not to be found here.
 */
export function canStartEntry(entry: Launchable): boolean {
  const spec = takesDescriptors(entry) ? specOf(entry) : undefined;
  if (spec === undefined) return true;
  try {
    return canStart(spec);
  } catch {
    // Launching it says what is wrong.
    return true;
  }
}
