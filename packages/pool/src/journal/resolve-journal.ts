import { types } from 'node:util';
import { InvalidArgumentError } from '@proc/core';
import { pathText, readObject } from '@proc/core/internal';
import type { JournalOptions } from '../contracts/journal-options.js';
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
  const { path, output = 'keep', durable = 'none' } = optionsOf(journal);
  check(['keep', 'none'].includes(output), 'journal.output must be "keep" or "none"');
  check(['none', 'entry'].includes(durable), 'journal.durable must be "none" or "entry"');
  return {
    path: pathText(path, 'journal'),
    output,
    durable: durable === 'entry',
    resume: resume ?? null,
  };
}

function optionsOf(journal: NonNullable<PoolOptions['journal']>): JournalOptions {
  if (!isObject(journal) || isUrl(journal)) return { path: journal };
  return readObject(journal, 'journal is given as a path or', ['path', 'output', 'durable']);
}

/** What is no path either, null too, is refused as one. */
function isObject(
  journal: NonNullable<PoolOptions['journal']>,
): journal is Exclude<typeof journal, string> {
  return typeof journal === 'object' && (journal as unknown) !== null;
}

/** By its shape: a URL may come from another realm. */
function isUrl(value: object): value is URL {
  return !types.isProxy(value) && 'href' in value;
}

function check(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvalidArgumentError(`Pool options: ${message}.`);
}
