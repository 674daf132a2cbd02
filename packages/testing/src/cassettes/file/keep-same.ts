import type { StoredEntry, StoredStep } from './cassette-entry.js';
import { textOf } from './stored-text.js';

/**
 * Entries as they were written before, where nothing has changed but what is chance: times, and which of two pipes was
 * read first.
 */
export function keepSame(
  entries: readonly StoredEntry[],
  before: readonly StoredEntry[],
): readonly StoredEntry[] {
  const left = before.map((entry) => ({ entry, essence: essenceOf(entry) }));
  return entries.map((entry) => {
    const essence = essenceOf(entry);
    const index = left.findIndex(
      (old) => old.essence === essence && isTimed(old.entry) === isTimed(entry),
    );
    return index < 0 ? entry : (left.splice(index, 1)[0]?.entry ?? entry);
  });
}

function essenceOf({ steps = [], ...entry }: StoredEntry): string {
  const texts = (['out', 'err', 'in'] as const).map((kind) => {
    return steps.map((step) => step[`${kind}64`] ?? textOf(step[kind] ?? '')).join('');
  });
  const signals = steps.flatMap(({ signal }) => signal ?? []);
  const keys = Object.entries(entry).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([keys, texts, signals]);
}

function isTimed({ steps = [] }: StoredEntry): boolean {
  return steps.some(({ after }: StoredStep) => after !== undefined);
}
