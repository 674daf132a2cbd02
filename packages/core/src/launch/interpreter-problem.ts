import { accessSync, constants } from 'node:fs';
import { resolve } from 'node:path';
import { DEEPEST, interpreterOf } from './interpreter-of.js';
import { pathStats } from './path-stats.js';

/**
 * Why the system would refuse a file that may be executed: what has to interpret it (the one that the `#!` line of a
 * script names, or the loader that a program names) is missing or can't be executed. The code of the error, or
 * `undefined` when nothing is wrong with it.
 *
 * Only `execve(2)` knows for sure; this is for where it is called by somebody who tells us too little.
 *
 * @param cwd - where the program is started
 */
export function interpreterProblem(
  path: string,
  cwd: string,
  depth = 0,
): 'ENOENT' | 'EACCES' | 'ELOOP' | undefined {
  if (depth > DEEPEST) return 'ELOOP';
  const named = interpreterOf(path);
  if (named === undefined) return undefined;
  const interpreter = resolve(cwd, named);
  const stats = pathStats(interpreter);
  if (stats === undefined) return 'ENOENT';
  if (!stats.isFile() || !mayExecute(interpreter)) return 'EACCES';
  return interpreterProblem(interpreter, cwd, depth + 1);
}

function mayExecute(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
