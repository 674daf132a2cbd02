import type { ProcessResult } from '@proc/core';
import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolResults } from '../results/pool-results.js';
import { describeKey, REASON_TEXT } from './wording.js';

const ENTRIES_SHOWN = 10;
const KEYS_SHOWN = 20;
const LINES_SHOWN = 5;
const LINE_LENGTH = 200;

/** What went wrong in a pool, in a text of bounded length. */
export function describeFailures(results: PoolResults): string {
  const failed = [...results.entries()].filter(([, result]) => result.failed());
  const shown = failed.slice(0, ENTRIES_SHOWN).map(([key, result]) => describeFailure(key, result));
  if (failed.length > shown.length) shown.push(`… and ${failed.length - shown.length} more`);
  return [summary(results, failed.length), ...shown, ...skippedLine(results.skipped)].join('\n');
}

function summary(results: PoolResults, failed: number): string {
  const why = results.reason === null ? '' : ` The pool ${REASON_TEXT[results.reason]}.`;
  return `${failed} of ${results.total} pool entries failed.${why}`;
}

function describeFailure(key: PoolKey, result: ProcessResult): string {
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

function skippedLine(skipped: readonly PoolKey[]): string[] {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, KEYS_SHOWN).map(describeKey).join(', ');
  const more = skipped.length > KEYS_SHOWN ? ` … and ${skipped.length - KEYS_SHOWN} more` : '';
  return [`Skipped: ${shown}${more}`];
}

/** On one line, and not long. */
function clip(given: string): string {
  const text = given.replaceAll(/\r?\n/g, '\\n');
  return text.length > LINE_LENGTH ? `${text.slice(0, LINE_LENGTH)}…` : text;
}
