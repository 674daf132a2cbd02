import { accessSync, constants } from 'node:fs';
import { executableCandidates, isProgramPath } from './executable-candidates.js';
import { ownDirectory } from './own-directory.js';
import { pathStats } from './path-stats.js';

/** Where a program was looked for, and what came of it. */
export type ExecutableLookup =
  | { readonly found: 'yes'; readonly path: string }
  | { readonly found: 'notExecutable'; readonly path: string; readonly isDirectory?: boolean }
  | { readonly found: 'no' };

/**
 * Looks for a program: a name with a slash is a path, any other is searched in the directories of PATH, of which those
 * that are relative do not count.
 */
export function findExecutable(
  file: string,
  env: Readonly<NodeJS.ProcessEnv>,
  cwd: string | null,
  platform: NodeJS.Platform = process.platform,
): ExecutableLookup {
  const isPath = isProgramPath(file, platform);
  const directory = cwd ?? (isPath ? ownDirectory() : '/');
  if (directory === undefined) return { found: 'no' };
  const candidates = executableCandidates(file, env, directory, platform);
  let refused: Extract<ExecutableLookup, { readonly found: 'notExecutable' }> | undefined;
  for (const path of candidates) {
    const kind = kindOf(path);
    if (kind === 'file' && isExecutable(path)) return { found: 'yes', path };
    // A directory in PATH is passed over, but one that was named is there.
    if (kind === 'file' || (kind !== 'none' && isPath)) {
      refused ??= { found: 'notExecutable', path, isDirectory: kind === 'directory' };
    }
  }
  return refused ?? { found: 'no' };
}

function kindOf(path: string): 'file' | 'directory' | 'other' | 'none' {
  const stats = pathStats(path);
  if (stats === undefined) return 'none';
  if (stats.isDirectory()) return 'directory';
  return stats.isFile() ? 'file' : 'other';
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
