import { toUSVString } from 'node:util';

/** A text that stands for a command which is only shown: what could not be passed is written in another way. */
export function showableCommand(text: string): string {
  const passable = toUSVString(text).replaceAll('\0', '\\0');
  return passable.trim() === '' ? '(no command)' : passable;
}
