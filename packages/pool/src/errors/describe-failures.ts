import type { PoolKey } from '../contracts/pool-key.js';
import type { PoolResults } from '../results/pool-results.js';
import { describeKey, REASON_TEXT } from './wording.js';

const KEYS_SHOWN = 20;

/** What went wrong in a pool, in a text of bounded length. */
export function describeFailures(results: PoolResults): string {
  const { failureCount } = results;
  const shown = [...results.describedFailures()];
  if (failureCount > shown.length) shown.push(`… and ${failureCount - shown.length} more`);
  return [summary(results), ...shown, ...skippedLine(results.skipped)].join('\n');
}

function summary({ reason, failureCount, total }: PoolResults): string {
  const why = reason === null ? '' : ` The pool ${REASON_TEXT[reason]}.`;
  return `${failureCount} of ${total} pool entries failed.${why}`;
}

function skippedLine(skipped: readonly PoolKey[]): string[] {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, KEYS_SHOWN).map(describeKey).join(', ');
  const more = skipped.length > KEYS_SHOWN ? ` … and ${skipped.length - KEYS_SHOWN} more` : '';
  return [`Skipped: ${shown}${more}`];
}
