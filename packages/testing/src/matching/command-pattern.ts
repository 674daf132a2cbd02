import { isSecret, type Command, type CommandWord, type ProcessSpec } from '@proc/core';
import { commandLine, plainCommandLine, secretsOf } from '@proc/core/internal';
import { isWildcard, matchesWildcard } from './wildcard.js';

/** Decides by the specification of a run. */
export type CommandPredicate = (spec: ProcessSpec) => boolean;

/**
 * Which commands are meant:
 *
 * - a string: the exact command line, or with `*` for any run of characters, line ends included
 * - a RegExp: searched for in the command line
 * - a list: exactly this program with exactly these arguments
 * - a function: whatever it says
 *
 * A command line is compared in two forms, quoted as for a shell and with its words plainly joined by blanks, so that
 * `git commit -m "first try"` is matched by `git commit -m first try` as well.
 *
 * A command with secrets is compared as it is shown, with `[secret]`, and as it really ran, with the values. In a list
 * a word may be a `Secret` itself.
 */
export type CommandPattern = string | RegExp | readonly CommandWord[] | CommandPredicate;

/** Whether a pattern other than a function means this command. */
export function matchesCommand(
  pattern: Exclude<CommandPattern, CommandPredicate>,
  command: Command,
): boolean {
  if (isList(pattern)) return sameWords(pattern, wordsOf(command));
  const forms = [plainCommandLine(command), commandLine(command)];
  if (typeof pattern !== 'string') return forms.some((form) => finds(pattern, form));
  return forms.some((form) => form === pattern || matchesWildcard(pattern, form));
}

/** Whether a pattern means this run. */
export function matchesSpec(pattern: CommandPattern, spec: ProcessSpec): boolean {
  if (typeof pattern === 'function') return pattern(spec);
  return formsOf(spec).some((command) => matchesCommand(pattern, command));
}

/** A command as it is shown, and as it really runs where that is something else. */
function formsOf(spec: ProcessSpec): readonly Command[] {
  const { command } = spec;
  const secrets = secretsOf(spec);
  if (secrets.isEmpty || command.kind === 'shell') return [command];
  const [file = '', ...args] = [command.file, ...command.args].map((word) => secrets.reveal(word));
  return [command, { kind: 'argv', file, args }];
}

/** A pattern as it would be written. */
export function describePattern(pattern: CommandPattern): string {
  if (typeof pattern === 'string') return `"${pattern}"`;
  if (isList(pattern)) return JSON.stringify(pattern);
  if (typeof pattern === 'function') {
    return pattern.name === '' ? 'a predicate' : `the predicate ${pattern.name}`;
  }
  return String(pattern);
}

/**
 * How narrowly a pattern of an object of handlers chooses: an exact command line before any wildcard, and the
 * wildcard with more text of its own before the one with less.
 */
export function specificity(pattern: string): number {
  return isWildcard(pattern) ? pattern.replaceAll('*', '').length : Infinity;
}

function isList(pattern: CommandPattern): pattern is readonly CommandWord[] {
  return Array.isArray(pattern);
}

/** A line for a shell counts as its words too, where it has no more than words and blanks. */
function wordsOf(command: Command): readonly string[] | undefined {
  if (command.kind === 'argv') return [command.file, ...command.args];
  const words = command.line.trim().split(/[ \t]+/);
  return words.every((word) => /^[\w@%+:,./=-]+$/.test(word)) ? words : undefined;
}

function sameWords(wanted: readonly CommandWord[], words: readonly string[] | undefined): boolean {
  const texts = wanted.map((word) => (isSecret(word) ? word.reveal() : word));
  return words?.length === texts.length && words.every((word, index) => word === texts[index]);
}

/** Without the state that a global or sticky expression keeps from one search to the next. */
function finds(pattern: RegExp, text: string): boolean {
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(text);
}
