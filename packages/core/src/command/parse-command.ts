import type { Command } from '../contracts/command.js';
import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { isSecret } from '../redaction/secret.js';
import { needsShell } from './shell-syntax.js';
import { unpassable } from './unpassable.js';

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
 * @throws {@link InvalidArgumentError} for an empty command, an argument that is no string or contains a NUL or half of
 *   a surrogate pair, or arguments together with a shell
 */
export function parseCommand(
  input: string | readonly string[],
  args: readonly string[] | undefined,
  shell: ShellChoice,
): Command {
  if (typeof input === 'string') {
    return args === undefined ? parseLine(input, shell) : argv([input, ...list(args)], shell);
  }
  return argv([...list(input), ...list(args ?? [])], shell);
}

function parseLine(line: string, shell: ShellChoice): Command {
  requirePassable(line);
  if (line.trim() === '') throw new InvalidArgumentError('The command is empty.');
  const throughShell = typeof shell === 'object' ? needsShell(line) : shell !== false;
  if (throughShell) {
    return { kind: 'shell', line, shell: typeof shell === 'string' ? shell : null };
  }
  // Of the blanks of Unicode a shell knows only these two.
  const [file = '', ...args] = line.replace(/^[ \t]+|[ \t]+$/g, '').split(/[ \t]+/);
  return { kind: 'argv', file, args };
}

function argv(words: readonly unknown[], shell: ShellChoice): Command {
  const strings = words.map((word, index) => {
    if (typeof word === 'string') return requirePassable(word);
    throw new InvalidArgumentError(
      `A command consists of strings, but its element ${index} is ${describe(word)}.${conversion(word)}`,
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
  if (isSecret(value)) {
    throw new InvalidArgumentError(
      'A whole command can not be secret: give a list with secret words, or a secret variable of the environment.',
    );
  }
  throw new InvalidArgumentError(
    `A command is a string or a list of strings, not ${describe(value)}.`,
  );
}

function requirePassable(text: string): string {
  const problem = unpassable(text);
  if (problem === undefined) return text;
  throw new InvalidArgumentError(`A command can not contain ${problem}.`);
}

/** Names the way out where there is just one. */
function conversion(word: unknown): string {
  return typeof word === 'number' || typeof word === 'bigint' ? ` Write String(${word}).` : '';
}

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'undefined';
  return typeof value === 'object' ? 'an object' : `${typeof value} ${showValue(value)}`;
}
