import { ProcError, type ProcessSpec } from '@proc/core';
import { commandLine, plainCommandLine, secretsOf } from '@proc/core/internal';
import { closest } from '../matching/closest.js';
import { describePattern, type CommandPattern } from '../matching/command-pattern.js';

/** The longest command that a stub has as it is; of a longer one it has the beginning. */
const LONGEST_PATTERN = 100;

/**
 * A process was started that no fake is registered for, while stray processes are prevented. Nothing was started, and
 * nothing is retried.
 */
export class StrayProcessError extends ProcError {
  readonly code = 'ERR_PROC_STRAY_PROCESS';
  /** The command line, quoted as for a shell, without secrets. */
  readonly command: string;
  /** Not enumerable, so that a logged error stays readable. */
  declare readonly spec: ProcessSpec;
  /**
   * The registered patterns, the most recent first. They may have secrets in them, so they are not enumerable either.
   */
  declare readonly patterns: readonly CommandPattern[];

  constructor(spec: ProcessSpec, patterns: readonly CommandPattern[]) {
    const redact = (text: string): string => secretsOf(spec).redact(text);
    super(redact(messageFor(spec, patterns)));
    this.command = redact(commandLine(spec.command));
    Object.defineProperty(this, 'spec', { value: spec, enumerable: false });
    Object.defineProperty(this, 'patterns', { value: patterns, enumerable: false });
  }
}

function messageFor(spec: ProcessSpec, patterns: readonly CommandPattern[]): string {
  const command = plainCommandLine(spec.command);
  return [
    `Attempted process [${commandLine(spec.command)}] without a matching fake.`,
    registered(command, patterns),
    'To fake it:',
    `  Process.fake({ ${literal(patternFor(command))}: Process.result('…') })`,
  ].join('\n');
}

function registered(command: string, patterns: readonly CommandPattern[]): string {
  if (patterns.length === 0) return 'No fakes are registered.';
  const names = patterns.map(describePattern);
  const nearest = closest(command, names);
  const list = `Registered: ${names.join(', ')}.`;
  return nearest === undefined ? list : `${list} Closest: ${nearest}.`;
}

/** A command as a pattern; one that is too long to be read, up to a word's end, with `*` for the rest. */
function patternFor(command: string): string {
  if (command.length <= LONGEST_PATTERN) return command;
  const beginning = command.slice(0, LONGEST_PATTERN);
  const end = beginning.lastIndexOf(' ');
  return end === -1 ? `${beginning}*` : `${beginning.slice(0, end)} *`;
}

/** A string as it can be pasted into a program. */
function literal(text: string): string {
  const json = JSON.stringify(text);
  return /['\\]/.test(json) ? json : `'${json.slice(1, -1)}'`;
}
