import type { Launchable } from '@proc/core';
import { specOf, takesDescriptors, teesStdout } from '../run/command-entry.js';

/**
 * Whether the bytes between two neighbours have to pass through this process: because one of them can not be given a
 * descriptor, or because the writer's own settings need its output to be seen here.
 */
export function needsCopy(writer: Launchable, reader: Launchable): boolean {
  if (teesStdout(writer) || !takesDescriptors(writer) || !takesDescriptors(reader)) return true;
  const spec = specOf(writer);
  if (spec === undefined || specOf(reader) === undefined) return true;
  const { stdout, idleTimeoutMs, tty } = spec;
  return stdout.file !== null || stdout.policy === 'fail' || idleTimeoutMs !== null || tty;
}
