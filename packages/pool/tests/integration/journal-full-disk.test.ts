import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readJournal } from '@proc/pool';
import { JournalPlace } from '../support/journal-place.js';

const FIXTURE = join(__dirname, '../fixtures/journalled-pool.cjs');
const COUNT = 40;
const { folder } = new JournalPlace();
const journal = join(folder, 'journal.ndjson');
const onPosix = process.platform === 'win32' ? test.skip : test;
if (onPosix !== test) console.log('left out: Windows has no limit of the size of a file');

/** Runs the pool behind a line of the shell. */
function run(line: string): { readonly stdout: string; readonly stderr: string } {
  const argv = [process.execPath, '--conditions=@proc/source', FIXTURE, folder, String(COUNT)];
  return spawnSync('/bin/sh', ['-c', line, 'sh', ...argv], { encoding: 'utf8' });
}

/** The entries that have come to their end: those that the interrupted pool has cut short are run again. */
function ended(): string[] {
  return readJournal(journal).flatMap((record) =>
    record.type === 'ended' && !record.cutShort ? String(record.key) : [],
  );
}

onPosix(
  'a journal that can not grow interrupts the pool by name, and what it has is not run again',
  () => {
    // Without its signal, the limit is an error of the write: what a full disk is.
    const { stderr } = run('trap "" XFSZ; ulimit -f 16; exec "$@"');
    expect(stderr).toContain('PoolInterruptedError');
    expect(stderr).toContain(`The journal ${journal} can not be written: EFBIG.`);
    const before = ended();
    expect(before.length).toBeGreaterThan(0);
    expect(before.length).toBeLessThan(COUNT);
    const results = run('exec "$@"').stdout.trim().split('\n').at(-1) ?? '';
    expect(JSON.parse(results)).toHaveProperty('plain.length', COUNT);
    expect(ended()).toHaveLength(COUNT);
    for (const key of before) {
      expect(readFileSync(join(folder, key.replace('entry ', '')), 'utf8')).toMatch(/^\d+\n$/);
    }
  },
  60_000,
);
