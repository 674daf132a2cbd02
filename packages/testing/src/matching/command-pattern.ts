import { commandLine, plainCommandLine, type Command, type ProcessSpec } from '@proc/core';
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
 */
export type CommandPattern = string | RegExp | readonly string[] | CommandPredicate;

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
  return typeof pattern === 'function' ? pattern(spec) : matchesCommand(pattern, spec.command);
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

function isList(pattern: CommandPattern): pattern is readonly string[] {
  return Array.isArray(pattern);
}

/** A line for a shell counts as its words too, where it has no more than words and blanks. */
function wordsOf(command: Command): readonly string[] | undefined {
  if (command.kind === 'argv') return [command.file, ...command.args];
  const words = command.line.trim().split(/[ \t]+/);
  return words.every((word) => /^[\w@%+:,./=-]+$/.test(word)) ? words : undefined;
}

function sameWords(wanted: readonly string[], words: readonly string[] | undefined): boolean {
  return words?.length === wanted.length && words.every((word, index) => word === wanted[index]);
}

/** Without the state that a global or sticky expression keeps from one search to the next. */
function finds(pattern: RegExp, text: string): boolean {
  return new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, '')).test(text);
}
