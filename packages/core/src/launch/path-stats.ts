import { statSync, type Stats } from 'node:fs';

/** What is at a path; `undefined` when nothing is, or when it can not be reached. */
export function pathStats(path: string): Stats | undefined {
  try {
    // Without the option a missing entry would cost a stack trace; ENOTDIR, EACCES or ELOOP throw all the same.
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}
