import type { StoredEntry } from './cassette-entry.js';

/** The version of the format that is written, and the only one that is read. */
export const VERSION = 1;

/** The text of a cassette. The same entries give the same text, in whatever order the calls were made. */
export function formatCassette(entries: readonly StoredEntry[]): string {
  const keyed = entries.map((entry) => ({ entry, key: orderOf(entry) }));
  // Calls that are equal stay in the order in which they were made; the sort is stable.
  keyed.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  const content = { version: VERSION, entries: keyed.map(({ entry }) => entry) };
  return `${JSON.stringify(content, null, 2)}\n`;
}

function orderOf({ command, shell, cwd, env, input, unread }: StoredEntry): string {
  return JSON.stringify([command, shell ?? '', cwd, env ?? {}, input ?? '', unread ?? []]);
}
