import type { ProcessResult } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import { describeKey } from '../errors/wording.js';

/** How many failures of a pool are described. */
export const DESCRIBED = 10;
const LINES_SHOWN = 5;
const LINE_LENGTH = 200;

/** What went wrong with one entry, in a few lines without secrets. */
export function describeFailure(key: PoolKey, result: ProcessResult): string {
  // The plain form of a result is redacted, and its output bounded.
  const { command, error, stderr } = result.toJSON();
  const how =
    error === null
      ? ending(result)
      : `${error.code}: ${clip(error.message.split('\n', 1)[0] ?? '')}`;
  return [`- ${describeKey(key)}: ${clip(command)}: ${how}`, ...tail(stderr)].join('\n');
}

function ending(result: ProcessResult): string {
  if (result.signal !== null) return `ended by ${result.signal}`;
  return `exit code ${result.exitCode ?? 'unknown'} (${result.exitText})`;
}

function tail(stderr: string): string[] {
  const lines = stderr.split(/\r?\n/).filter((line) => line.trim() !== '');
  const shown = lines.slice(-LINES_SHOWN).map((line) => `    ${clip(line)}`);
  return lines.length > shown.length ? ['    …', ...shown] : shown;
}

/** On one line, and not long. */
function clip(given: string): string {
  const text = given.replaceAll(/\r?\n/g, '\\n');
  return text.length > LINE_LENGTH ? `${text.slice(0, LINE_LENGTH)}…` : text;
}
