import fs, { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { JournalError } from '@proc/pool';
import { JournalLock } from '../../../src/journal/journal-lock.js';
import { JournalPlace } from '../../support/journal-place.js';

const place = new JournalPlace();

afterEach(() => {
  jest.restoreAllMocks();
});

/** Names of the files that a lock has left or made beside its journal. */
function beside(journal: string): string[] {
  return readdirSync(place.folder).filter((name) => name.startsWith(`${basename(journal)}.`));
}

function withoutLinks(): void {
  jest.spyOn(fs, 'linkSync').mockImplementation(() => {
    throw Object.assign(new Error('refused'), { code: 'EPERM' });
  });
}

describe('the lock of a journal', () => {
  test('is never there without its owner, whenever its process may be killed', () => {
    const journal = place.next();
    const lock = `${journal}.lock`;
    const seen: (string | null)[] = [];
    for (const name of ['openSync', 'writeSync', 'closeSync', 'linkSync', 'rmSync'] as const) {
      const real = fs[name] as (...args: unknown[]) => unknown;
      jest.spyOn(fs, name).mockImplementation(((...args: unknown[]) => {
        const returned = real(...args);
        seen.push(existsSync(lock) ? readFileSync(lock, 'utf8') : null);
        return returned;
      }) as never);
    }
    const taken = new JournalLock(journal);
    const owner = expect.stringMatching(new RegExp(`^${process.pid} .+\\n$`));
    expect(seen).toContain(null);
    expect(seen.at(-1)).toEqual(owner);
    for (const content of seen) if (content !== null) expect(content).toEqual(owner);
    expect(beside(journal)).toEqual([basename(lock)]);
    expect(() => new JournalLock(journal)).toThrow(JournalError);
    expect(beside(journal)).toEqual([basename(lock)]);
    taken.release();
    expect(beside(journal)).toEqual([]);
  });

  test('is made in place where a file can have one name only', () => {
    withoutLinks();
    const journal = place.next();
    const taken = new JournalLock(journal);
    expect(() => new JournalLock(journal)).toThrow(
      `of process ${process.pid}. If there is none, remove ${journal}.lock.`,
    );
    expect(beside(journal)).toEqual([basename(`${journal}.lock`)]);
    taken.release();
  });

  test('that is being made in place is not taken away', () => {
    withoutLinks();
    const journal = place.next();
    writeFileSync(`${journal}.lock`, '');
    expect(() => new JournalLock(journal)).toThrow(JournalError);
    expect(beside(journal)).toEqual([basename(`${journal}.lock`)]);
  });

  test('whose owner died before it was in it counts for nothing after a while', () => {
    const journal = place.next();
    writeFileSync(`${journal}.lock`, '');
    const longAgo = new Date(Date.now() - 60_000);
    utimesSync(`${journal}.lock`, longAgo, longAgo);
    new JournalLock(journal).release();
    expect(beside(journal)).toEqual([]);
  });
});
