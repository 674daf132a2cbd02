import { createHash } from 'node:crypto';
import fs, { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, jest, test } from '@jest/globals';
import { CommandNotFoundError, ProcessError, ProcessTimedOutError, secret } from '@proc/core';
import { readJournal } from '@proc/pool';
import { JournalPlace } from '../support/journal-place.js';
import { processManager } from '../support/process-manager.js';
import { printing, waiting } from '../support/programs.js';

const processes = processManager();
const place = new JournalPlace();

/** Every byte of a journal and of what lies beside it. */
function bytesOf(journal: string): Buffer {
  const names = readdirSync(place.folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.startsWith(basename(journal)))
    .map((name) => join(place.folder, name));
  return Buffer.concat(
    names.filter((name) => statSync(name).isFile()).map((name) => readFileSync(name)),
  );
}

describe('a journal on disk', () => {
  test('has no byte of a secret, and no hash of one, wherever it appears', async () => {
    const journal = place.next();
    const value = 'hunter2/längst&bekannt';
    const encoded = Buffer.from(value).toString('base64');
    const pool = {
      argument: printing(value, value).map((word) => (word === value ? secret(value) : word)),
      variable: processes
        .command([
          process.execPath,
          '-e',
          'process.stdout.write("x".repeat(50_000) + process.env.PASSWORD)',
        ])
        .env({ PASSWORD: secret(value) }),
      input: processes
        .command([
          process.execPath,
          '-e',
          'process.stdin.on("data", (c) => process.stderr.write(c.toString("base64")))',
        ])
        .input(secret(value)),
      missing: processes.command(['/no/such/program', secret(value)]),
      labelled: processes
        .command(['echo', secret(value)])
        .tag(`tag ${value}`)
        .meta({ url: `https://me:${value}@host`, list: [value] }),
    };
    const given: string[] = [];
    const results = await processes
      .pool(pool, { journal })
      .start((_type, chunk) => void given.push(chunk));
    // It was printed: otherwise there would be nothing to be found.
    expect(results.get('variable')?.stdout).toContain(value);
    expect(results.get('input')?.stderr).toContain(encoded);
    expect(given.join('')).toContain(value);
    const bytes = bytesOf(journal);
    expect(bytes.includes('[secret]')).toBe(true);
    for (const sought of [value, encoded, encodeURIComponent(value), 'hunter2']) {
      expect({ sought, found: bytes.includes(sought) }).toEqual({ sought, found: false });
    }
    for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512']) {
      const hash = createHash(algorithm).update(value).digest();
      expect(bytes.includes(hash.toString('hex').slice(0, 32))).toBe(false);
      expect(bytes.includes(hash.toString('base64').slice(0, 20))).toBe(false);
    }
  });

  test('gives errors back as what they were', async () => {
    const journal = place.next();
    const pool = {
      missing: ['/no/such/program'],
      late: processes.command(waiting()).timeout('200ms'),
    };
    const first = await processes.pool(pool, { journal }).start();
    const results = await processes.pool(pool, { journal, resume: 'missing' }).start();
    expect(results.resumed).toEqual(['missing', 'late']);
    const [missing, late] = [results.get('missing')?.error, results.get('late')?.error];
    expect([CommandNotFoundError.is(missing), ProcessTimedOutError.is(missing)]).toEqual([
      true,
      false,
    ]);
    expect(ProcessTimedOutError.is(late) && late.limitMs).toBe(200);
    expect(ProcessError.is(late) && late.result).toBe(results.get('late'));
    for (const key of ['missing', 'late']) {
      expect(results.get(key)?.error?.message).toBe(first.get(key)?.error?.message);
    }
  });

  test('is durable: each end is on the disk, with its output, before anybody hears of it', async () => {
    const journal = place.next();
    const steps: string[] = [];
    const sync = fs.fdatasync as (descriptor: number, done: (error: Error | null) => void) => void;
    jest
      .spyOn(fs, 'fdatasync')
      .mockImplementation((descriptor: number, done: (error: Error | null) => void) => {
        // What is on its way to the disk now.
        const ends = readJournal(journal).flatMap((record) =>
          record.type === 'ended' ? record.key : [],
        );
        sync(descriptor, (error) => {
          steps.push(...ends.map((key) => `safe ${key}`));
          done(error);
        });
      });
    const folders = jest.spyOn(fs, 'fsyncSync');
    const pool = processes.pool(
      { a: printing('a'), b: printing('b'.repeat(100_000)), c: ['/no/such/program'] },
      { journal: { path: journal, durable: 'entry' }, concurrency: 2 },
    );
    for await (const [key] of pool.results()) steps.push(`heard ${key}`);
    for (const key of ['a', 'b', 'c']) {
      expect(steps.indexOf(`safe ${key}`)).toBeGreaterThanOrEqual(0);
      expect(steps.indexOf(`safe ${key}`)).toBeLessThan(steps.indexOf(`heard ${key}`));
    }
    // That of the journal, and that of the large output.
    if (process.platform !== 'win32') expect(folders).toHaveBeenCalledTimes(2);
  });
});
