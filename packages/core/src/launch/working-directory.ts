import { resolve } from 'node:path';
import type { ProcessSpec } from '../contracts/process-spec.js';
import { failureMessage } from '../diagnostics/failure-message.js';
import { WorkingDirectoryError } from '../errors/working-directory-error.js';

/**
 * The absolute working directory of a run, `null` for that of this process.
 *
 * @throws {@link WorkingDirectoryError} when it is relative to one that does not exist any more
 */
export function workingDirectory(spec: ProcessSpec): string | null {
  if (spec.cwd === null) return null;
  try {
    return resolve(spec.cwd);
  } catch (cause) {
    const what = `could not be started: the working directory is relative to that of this process, which does not exist any more (${spec.cwd}).`;
    throw new WorkingDirectoryError(failureMessage({ what, spec }), spec, { cause });
  }
}
