import type { Launchable } from '@proc/core';
import type { PlannedStage } from '../stages/stage-entry.js';
import { specOf, takesDescriptors, teesStream } from '../run/command-entry.js';

/**
 * Whether the bytes between two neighbours have to pass through this process: because one of them can not be given a
 * descriptor, or because the writer's own settings need its output to be seen here.
 */
export function needsCopy(
  { entry: writer, handsOn = 'stdout', tees = [] }: PlannedStage,
  reader: Launchable,
): boolean {
  if (tees.length > 0) return true;
  if (teesStream(writer, handsOn) || !takesDescriptors(writer) || !takesDescriptors(reader))
    return true;
  const spec = specOf(writer);
  if (spec === undefined || specOf(reader) === undefined) return true;
  const { idleTimeoutMs, tty } = spec;
  return (
    spec[handsOn].file !== null || spec[handsOn].policy === 'fail' || idleTimeoutMs !== null || tty
  );
}
