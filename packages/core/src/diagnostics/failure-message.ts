import { commandLine } from '../command/quote.js';
import { ownOnly } from '../kernel/own-only.js';
import { secretsOf } from '../redaction/spec-secrets.js';
import type { ProcessSpec } from '../contracts/process-spec.js';

/** What an error message says about a run. */
export interface FailureFacts {
  /** What happened, continuing `The command "…" `. */
  readonly what: string;
  readonly spec: ProcessSpec;
  /** The last of what was printed. */
  readonly stderr?: string;
  readonly stdout?: string;
}

const LONGEST_COMMAND = 500;
const MOST_LINES = 20;
const LONGEST_TAIL = 2000;

/**
 * The message of a failed run: command, what happened, where, and a bounded tail of stderr (of stdout, where stderr
 * is empty).
 */
export function failureMessage(given: FailureFacts): string {
  const facts = ownOnly(given);
  const { spec } = facts;
  const secrets = secretsOf(spec);
  const what = secrets.redact(facts.what);
  const line = printable(commandLine(spec.command));
  const command = line.length > LONGEST_COMMAND ? `${line.slice(0, LONGEST_COMMAND)}…` : line;
  const parts = [`The command "${command}" ${what}`];
  if (spec.cwd !== null) parts.push(`Working directory: ${spec.cwd}`);
  const stderr = tail(facts.stderr ?? '');
  const stdout = stderr === '' ? tail(facts.stdout ?? '') : '';
  if (stderr !== '') parts.push(`Error output:\n${stderr}`);
  if (stdout !== '') parts.push(`Output:\n${stdout}`);
  return parts.join('\n');
}

/** The last lines of a text, with a mark where something is left out. */
export function tail(text: string): string {
  const trimmed = printable(text).trimEnd();
  const cut = trimmed.slice(-LONGEST_TAIL).split('\n').slice(-MOST_LINES).join('\n');
  return cut.length < trimmed.length ? `[…]\n${cut}` : cut;
}

/** Control characters could rewrite the reader's terminal. */
function printable(text: string): string {
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  return text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, (character) =>
    character === '\r' ? '' : `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}
