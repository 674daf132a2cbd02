import { ProcError, type ProcessSpec } from '@proc/core';
import { commandLine, plainCommandLine, secretsOf } from '@proc/core/internal';
import { closest } from '../matching/closest.js';
import { describePattern, type CommandPattern } from '../matching/command-pattern.js';

/**
 * A process was started that no fake is registered for, while stray processes are prevented. Nothing was started, and
 * nothing is retried.
 */
export class StrayProcessError extends ProcError {
  readonly code = 'ERR_PROC_STRAY_PROCESS';
  /** Not enumerable, so that a logged error stays readable. */
  declare readonly spec: ProcessSpec;
  /** The registered patterns, the most recent first. They may have secrets in them, so they are not enumerable either. */
  declare readonly patterns: readonly CommandPattern[];

  constructor(spec: ProcessSpec, patterns: readonly CommandPattern[]) {
    super(secretsOf(spec).redact(messageFor(spec, patterns)));
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
    `  fake({ ${literal(command)}: '' })`,
  ].join('\n');
}

function registered(command: string, patterns: readonly CommandPattern[]): string {
  if (patterns.length === 0) return 'No fakes are registered.';
  const names = patterns.map(describePattern);
  const nearest = closest(command, names);
  const list = `Registered: ${names.join(', ')}.`;
  return nearest === undefined ? list : `${list} Closest: ${nearest}.`;
}

/** A string as it can be pasted into a program. */
function literal(text: string): string {
  const json = JSON.stringify(text);
  return /['\\]/.test(json) ? json : `'${json.slice(1, -1)}'`;
}
