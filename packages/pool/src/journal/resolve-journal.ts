import { fileURLToPath } from 'node:url';
import { types } from 'node:util';
import { InvalidArgumentError } from '@proc/core';
import type { PoolOptions } from '../contracts/pool-options.js';
import type { ResolvedJournalOptions } from './journal.js';

/**
 * Checks what a pool was told of its journal; `null` without one.
 *
 * @throws {@link InvalidArgumentError}
 */
export function resolveJournal({ journal, resume }: PoolOptions): ResolvedJournalOptions | null {
  check([undefined, 'missing', 'failed'].includes(resume), 'resume must be "missing" or "failed"');
  if (journal === undefined) {
    check(resume === undefined, 'resume needs a journal to resume from');
    return null;
  }
  const given = typeof journal === 'object' && 'path' in journal ? journal : { path: journal };
  const { path, output = 'keep', durable = 'none', ...rest } = given;
  const [unknown] = Object.keys(typeof journal === 'object' && 'path' in journal ? rest : {});
  check(
    unknown === undefined,
    `journal has no option "${unknown ?? ''}"; known: path, output, durable`,
  );
  check(['keep', 'none'].includes(output), 'journal.output must be "keep" or "none"');
  check(['none', 'entry'].includes(durable), 'journal.durable must be "none" or "entry"');
  return { path: pathOf(path), output, durable: durable === 'entry', resume: resume ?? null };
}

function pathOf(path: unknown): string {
  if (typeof path === 'string' && path !== '' && !path.includes('\0')) return path;
  const isUrl = typeof path === 'object' && path !== null && 'href' in path && !types.isProxy(path);
  check(isUrl && (path as URL).protocol === 'file:', 'journal must be a path or a file: URL');
  return fileURLToPath(path as URL);
}

function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvalidArgumentError(`Pool options: ${message}.`);
}
