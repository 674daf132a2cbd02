import type { KeyedEntry } from '@proc/core';
import { specOf } from './run/command-entry.js';

/** Stages as a line for a shell. A stage that is a longer shell line itself is put in parentheses. */
export function shellLine(stages: readonly KeyedEntry[]): string {
  return stages.map(stageLine).join(' | ');
}

function stageLine({ entry }: KeyedEntry): string {
  const line = lineOf(entry);
  if (specOf(entry)?.command.kind !== 'shell' || !/[;&|\n#]/.test(line)) return line;
  // On a line of its own the parenthesis can not become part of a comment.
  return /[\n#]/.test(line) ? `( ${line}\n)` : `( ${line} )`;
}

/** A command that is not complete can not be written down; running it says what is missing. */
function lineOf(entry: KeyedEntry['entry']): string {
  try {
    return String(entry);
  } catch {
    return '(no command)';
  }
}
