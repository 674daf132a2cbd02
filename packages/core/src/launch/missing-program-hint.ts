import { join, resolve } from 'node:path';
import { isProgramPath } from './executable-candidates.js';
import { localBinaryDirectories } from './local-binaries.js';
import { nearestExecutable } from './nearest-executable.js';
import { ownDirectory } from './own-directory.js';
import { pathStats } from './path-stats.js';

/**
 * What may have been meant by a program that was not found in PATH, as a sentence to be added; `''` when there is
 * nothing to say. A program of that very name at a place that is not searched goes before one of a similar name.
 */
export function missingProgramHint(
  file: string,
  env: Readonly<Record<string, string>>,
  cwd: string | null,
): string {
  if (isProgramPath(file)) return '';
  const directory = cwd === null ? ownDirectory() : resolve(cwd);
  if (directory !== undefined) {
    const isFile = (path: string): boolean => pathStats(path)?.isFile() ?? false;
    if ([...localBinaryDirectories(directory)].some((each) => isFile(join(each, file)))) {
      return ' There is one in node_modules/.bin: use preferLocal().';
    }
    if (isFile(join(directory, file)))
      return ` The working directory has a file of that name: say "./${file}".`;
  }
  const near = nearestExecutable(file, env);
  return near === undefined || near === file ? '' : ` Did you mean "${near}"?`;
}
