import type { CommandWord } from '../contracts/command.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { probe } from '../kernel/probe.js';
import { pathText } from './path-text.js';

/**
 * Options of Node that are about how this process itself is run: its code, its debugger, its test runner. What a file
 * of variables has set is in the environment already.
 */
const OWN =
  /^(-[ceip]|-pe|--(check|entry-url|eval|input-type|interactive|print)|--(debug|env-file|(experimental-)?test|inspect|watch)(-.*)?)(=|$)/;

/**
 * The command that runs a Node program with the Node of this process, and with its options where they are about how
 * programs are loaded: `--import`, `--require`, `--conditions` and the like.
 *
 * @throws {@link InvalidArgumentError} when the script is neither a path nor a file URL
 */
export function nodeCommand(
  script: string | URL,
  args: readonly CommandWord[] = [],
  execArgv: readonly string[] = process.execArgv,
): readonly CommandWord[] {
  const words = probe(() =>
    Array.isArray(args) ? [...(args as readonly CommandWord[])] : undefined,
  );
  if (words === undefined) {
    throw new InvalidArgumentError('The arguments of a Node program are given as a list.');
  }
  return [process.execPath, ...inheritable(execArgv), pathOf(script), ...words];
}

function inheritable(execArgv: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let dropped = false;
  for (const option of execArgv) {
    // What is no option is the value of the one before.
    if (option.startsWith('-')) dropped = OWN.test(option.replaceAll('_', '-'));
    if (!dropped) kept.push(option);
  }
  return kept;
}

function pathOf(script: string | URL): string {
  const path = pathText(script, 'A Node program');
  // Not to be taken for an option.
  return path.startsWith('-') ? `./${path}` : path;
}
