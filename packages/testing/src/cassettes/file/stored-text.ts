import type { StoredText } from './cassette-entry.js';

/** A text as a cassette has it. */
export function storeText(text: string): StoredText {
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.length > 1 ? lines : text;
}

/** The text that a cassette has. */
export function textOf(stored: StoredText): string {
  return typeof stored === 'string' ? stored : stored.join('');
}
