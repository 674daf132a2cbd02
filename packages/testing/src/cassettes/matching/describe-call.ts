import type { LaunchSpec } from '@proc/core';
import { plainCommandLine, secretsOf } from '@proc/core/internal';
import type { CassetteMatch } from '../cassette-options.js';
import type { StoredCall } from '../file/cassette-entry.js';
import type { Transcript } from './transcript.js';

/** How a process gets its standard input; `whole` is known only when it has ended. */
type CallInput = 'none' | 'interactive' | 'whole';

/** A call as it would be written down; its input is not known yet. */
export interface Call extends Omit<StoredCall, 'input'> {
  readonly kind: CallInput;
}

/** Describes what is about to be started. */
export function describeCall(
  launch: LaunchSpec,
  transcript: Transcript,
  match: CassetteMatch,
): Call {
  const { spec } = launch;
  const { command: given } = spec;
  const secrets = secretsOf(spec);
  const command = secrets.redact(plainCommandLine(given));
  const write = (text: string): string =>
    transcript.text(text, { field: 'command', command }, secrets);
  const words = given.kind === 'shell' ? write(given.line) : [given.file, ...given.args].map(write);
  const env = environmentOf(launch, match.env ?? [], (name, value) =>
    transcript.text(value, { field: 'env', name, command }, secrets),
  );
  const unread = unreadOf(launch);
  return {
    command: words,
    ...(given.kind === 'shell' && given.shell !== null && { shell: write(given.shell) }),
    cwd: transcript.directory(launch.cwd, command, secrets),
    ...(env !== undefined && { env }),
    ...(unread.length > 0 && { unread }),
    kind: inputOf(launch),
  };
}

/** Its command as one line. */
export function lineOf({ command }: Pick<StoredCall, 'command'>): string {
  return typeof command === 'string' ? command : command.join(' ');
}

function inputOf({ stdin, spec }: LaunchSpec): CallInput {
  if (stdin !== 'pipe') return 'none';
  return spec.input === 'interactive' ? 'interactive' : 'whole';
}

function environmentOf(
  { env }: LaunchSpec,
  names: readonly string[],
  write: (name: string, value: string) => string,
): Readonly<Record<string, string>> | undefined {
  const chosen = [...names].sort().flatMap((name) => {
    const value = env[name];
    return value === undefined ? [] : [[name, write(name, value)] as const];
  });
  return chosen.length === 0 ? undefined : Object.fromEntries(chosen);
}

function unreadOf({ stdout, stderr }: LaunchSpec): readonly ('out' | 'err')[] {
  const out = stdout === 'pipe' ? [] : (['out'] as const);
  // Merged into stdout, it is read with it.
  const err = stderr === 'pipe' || stderr === 'stdout' ? [] : (['err'] as const);
  return [...out, ...err];
}
