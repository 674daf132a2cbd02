import type { CommandInput, CommandWord } from '../contracts/command.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';

/**
 * A copy of the words of a command: the caller's list may change before the run. What is no list stays what it is, for
 * the parser to refuse.
 *
 * @throws {@link InvalidArgumentError} for a list that can not be read
 */
export function copyWords<Words extends CommandInput | readonly CommandWord[]>(
  words: Words,
): Words {
  if (typeof words === 'string') return words;
  const read = probe(() => ({
    copy: Array.isArray(words) ? [...(words as readonly CommandWord[])] : words,
  }));
  if (read !== undefined) return read.copy as Words;
  throw new InvalidArgumentError(
    'A command is a string or a list of strings; this one can not be read.',
  );
}
