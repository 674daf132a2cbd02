import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A POSIX shell, as the words that a line follows. */
export interface Shell {
  readonly name: string;
  readonly words: readonly string[];
  /** Where it is not installed. */
  readonly absent: boolean;
}

/** The shells that a quoted line may be pasted into. */
export const SHELLS: readonly Shell[] = [
  ['sh'],
  ['bash'],
  ['dash'],
  ['busybox', 'sh'],
  ['zsh'],
  ['ksh'],
].map((words) => ({
  name: words.join(' '),
  words: [...words, '-c'],
  absent: !installed(words[0]),
}));

function installed(program = ''): boolean {
  return (process.env['PATH'] ?? '').split(delimiter).some((directory) => {
    try {
      accessSync(join(directory, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
