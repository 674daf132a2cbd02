import { readdirSync } from 'node:fs';
import { nearest } from '../command/nearest.js';
import { isProgramPath, searchPath } from './executable-candidates.js';
import { pathStats } from './path-stats.js';

/** Directories and answers that are remembered: a pool may miss the same program a thousand times. */
const MOST = 64;

interface Listing {
  readonly names: readonly string[];
  readonly mtimeMs: number;
}

const listings = new Map<string, Listing>();
/** Answers, as long as every directory that they come from is as it was. */
const answers = new Map<
  string,
  { readonly from: readonly Listing[]; readonly name: string | undefined }
>();

/**
 * The program in PATH whose name is nearest to one that was not found. Directories are read anew only when they have
 * changed.
 */
export function nearestExecutable(
  file: string,
  env: Readonly<Record<string, string>>,
): string | undefined {
  if (isProgramPath(file)) return undefined;
  const from = [...new Set(searchPath(env))].flatMap((directory) => listingOf(directory) ?? []);
  const known = answers.get(file);
  if (known !== undefined && sameItems(known.from, from)) return known.name;
  const name = nearest(
    file,
    from.flatMap(({ names }) => names),
  );
  remember(answers, file, { from, name });
  return name;
}

function listingOf(directory: string): Listing | undefined {
  const mtimeMs = pathStats(directory)?.mtimeMs;
  if (mtimeMs === undefined) return undefined;
  const known = listings.get(directory);
  if (known?.mtimeMs === mtimeMs) return known;
  try {
    const listing = { names: readdirSync(directory), mtimeMs };
    remember(listings, directory, listing);
    return listing;
  } catch {
    return undefined;
  }
}

function sameItems<T>(first: readonly T[], second: readonly T[]): boolean {
  return first.length === second.length && first.every((item, index) => item === second[index]);
}

function remember<T>(memory: Map<string, T>, key: string, value: T): void {
  if (memory.size >= MOST) memory.clear();
  memory.set(key, value);
}
