import { delimiter, dirname, join, resolve } from 'node:path';
import { defaultPath } from './executable-candidates.js';

/**
 * An environment in whose `PATH` the `node_modules/.bin` of a directory, and of every directory above it, stand first:
 * the nearest one wins, as npm has it for its scripts. Where there is no `PATH`, programs of the system are still
 * found.
 */
export function withLocalBinaries(
  env: Readonly<Record<string, string>>,
  directory: string,
  platform: NodeJS.Platform = process.platform,
): Readonly<Record<string, string>> {
  const name = pathName(env, platform);
  const path = [...localBinaryDirectories(resolve(directory)), env[name] ?? defaultPath(platform)];
  const changed = Object.assign(Object.create(null) as Record<string, string>, env);
  changed[name] = path.filter((part) => part !== '').join(delimiter);
  return changed;
}

/** The `node_modules/.bin` of a directory and of every one above it, the nearest first, whether it is there or not. */
export function* localBinaryDirectories(from: string): Generator<string> {
  yield join(from, 'node_modules', '.bin');
  const above = dirname(from);
  if (above !== from) yield* localBinaryDirectories(above);
}

/** On Windows it is mostly called `Path`. */
function pathName(env: Readonly<Record<string, string>>, platform: NodeJS.Platform): string {
  if (platform !== 'win32') return 'PATH';
  return Object.keys(env).findLast((key) => key.toUpperCase() === 'PATH') ?? 'Path';
}
