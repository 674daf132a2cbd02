import { resolve } from 'node:path';
import { DEEPEST, interpreterOf } from './interpreter-of.js';
import { pathStats } from './path-stats.js';

/**
 * What interprets a file that is there, and is missing itself: the system has one error for both.
 *
 * @param cwd - where the program was started
 * @returns its name as the file has it, or `undefined` where none is found to be missing
 */
export function missingInterpreter(path: string, cwd: string): string | undefined {
  let interpreted = path;
  for (let depth = 0; depth <= DEEPEST; depth++) {
    const named = interpreterOf(interpreted);
    if (named === undefined) return undefined;
    interpreted = resolve(cwd, named);
    if (pathStats(interpreted) === undefined) return named;
  }
  return undefined;
}
