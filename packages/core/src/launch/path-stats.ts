import { statSync, type Stats } from 'node:fs';
import { ownOnly } from '../kernel/own-only.js';

const QUIETLY = ownOnly({ throwIfNoEntry: false as const, bigint: false as const });

/** What is at a path; `undefined` when nothing is, or when it can not be reached. */
export function pathStats(path: string): Stats | undefined {
  try {
    // Without the option a missing entry would cost a stack trace; ENOTDIR, EACCES or ELOOP throw all the same.
    return statSync(path, QUIETLY);
  } catch {
    return undefined;
  }
}
