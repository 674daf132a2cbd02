import { inspect } from 'node:util';
import type { Command, CommandInput } from '../contracts/command.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { needsShell } from './shell-syntax.js';

/** What `shell()` was told: whether there is one, or its name; or nothing. */
export type ShellChoice = { readonly auto: true } | boolean | string;

/** Lets the text of a command decide whether it goes to a shell. */
export const AUTO_SHELL: ShellChoice = Object.freeze({ auto: true });

/**
 * Makes a command of what the caller gave.
 *
 * A list, or a program with separate arguments, never meets a shell. A line is split at blanks unless it has shell
 * syntax or begins with a shell builtin or reserved word: then it goes to the shell.
 *
 * @throws {@link InvalidArgumentError} for an empty command, an argument that is no string or contains a NUL, or
 *   arguments together with a shell
 */
export function parseCommand(
  input: CommandInput,
  args: readonly string[] | undefined,
  shell: ShellChoice,
): Command {
  if (typeof input === 'string') {
    return args === undefined ? parseLine(input, shell) : argv([input, ...list(args)], shell);
  }
  return argv([...list(input), ...list(args ?? [])], shell);
}

function parseLine(line: string, shell: ShellChoice): Command {
  refuseNul(line);
  if (line.trim() === '') throw new InvalidArgumentError('The command is empty.');
  const throughShell = typeof shell === 'object' ? needsShell(line) : shell !== false;
  if (throughShell) {
    return { kind: 'shell', line, shell: typeof shell === 'string' ? shell : null };
  }
  const [file = '', ...args] = line.trim().split(/[ \t]+/);
  return { kind: 'argv', file, args };
}

function argv(words: readonly unknown[], shell: ShellChoice): Command {
  const strings = words.map((word, index) => {
    if (typeof word === 'string') return refuseNul(word);
    throw new InvalidArgumentError(
      `A command consists of strings, but its element ${index} is ${describe(word)}.`,
    );
  });
  const [file, ...args] = strings;
  if (file === undefined || file === '') throw new InvalidArgumentError('The command is empty.');
  if (typeof shell !== 'object' && shell !== false) {
    throw new InvalidArgumentError(
      `A shell takes a command line, but "${file}" was given with separate arguments. ` +
        'Pass one string, or leave the shell out.',
    );
  }
  return { kind: 'argv', file, args };
}

function list(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new InvalidArgumentError(
    `A command is a string or a list of strings, not ${describe(value)}.`,
  );
}

function refuseNul(text: string): string {
  if (text.includes('\0')) {
    throw new InvalidArgumentError('A command can not contain a NUL character.');
  }
  return text;
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${inspect(value)}`;
}
