import { readFileSync, statSync, truncateSync, readdirSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  CommandNotFoundError,
  ProcError,
  ProcessError,
  ProcessIdleTimedOutError,
  ProcessTimedOutError,
  secret,
} from '@proc/core';
import { describedLine, SecretTable } from '@proc/core/internal';
import { JournalError, RestoredError } from '@proc/pool';
import { ending, type HandMadeEntry } from '../../support/hand-made-entry.js';
import { JournalPlace } from '../../support/journal-place.js';
import { processManager } from '../../support/process-manager.js';
import { entryHash } from '../../../src/journal/entry-hash.js';
import { plainData } from '../../../src/journal/plain-data.js';

const processes = processManager();
const place = new JournalPlace();

/** Runs one entry with a journal, and gives its result as the next run has it. */
async function restored(entry: HandMadeEntry, journal: string = place.next()) {
  await processes.pool({ a: entry }, { journal }).start();
  const again = ending({}, entry.name);
  const results = await processes.pool({ a: again }, { journal, resume: 'missing' }).start();
  expect(again.launched).toBe(false);
  return results.get('a');
}

describe('an error that comes from a journal', () => {
  const spec = describedLine('sleep 9');

  test('is one of the classes that it was, with the same properties', async () => {
    const error = new ProcessIdleTimedOutError('Too quiet.', spec, 1500);
    const result = await restored(ending({ exitCode: null, reason: 'idleTimedOut', error }));
    const read: unknown = result?.error;
    expect(read).toMatchObject({
      name: 'ProcessIdleTimedOutError',
      code: 'ERR_PROC_IDLE_TIMED_OUT',
      message: 'Too quiet.',
    });
    const classes = [ProcessIdleTimedOutError, ProcessTimedOutError, ProcessError, ProcError];
    expect(classes.map((type) => type.is(read))).toEqual([true, true, true, true]);
    expect([RestoredError.is(read), CommandNotFoundError.is(read), JournalError.is(read)]).toEqual([
      true,
      false,
      false,
    ]);
    expect(ProcessTimedOutError.is(read) && [read.limitMs, read.exceededTimeout()]).toEqual([
      1500, 1.5,
    ]);
    expect(ProcessError.is(read) && read.result).toBe(result);
    expect(() => result?.throw()).toThrow(read);
  });

  test('does not make the other errors of the process what it is', async () => {
    const error = new ProcessTimedOutError('Late.', spec, 1);
    await restored(ending({ exitCode: null, error }));
    expect(RestoredError.is(error)).toBe(false);
    expect(ProcessTimedOutError.is(new RestoredError({ ...NOTHING, classes: [] }, spec))).toBe(
      false,
    );
  });

  test('has the properties of errors of others', async () => {
    class NoRoomError extends ProcError {
      readonly code = 'ERR_NO_ROOM';
      readonly room = { number: 7, size: 3n };
      readonly floor = 2;
    }
    const result = await restored(ending({ exitCode: null, error: new NoRoomError('Full.') }));
    expect(NoRoomError.is(result?.error) && result.error.floor).toBe(2);
    expect(result?.error).not.toHaveProperty('room');
  });

  const NOTHING = { code: 'X', name: 'X', message: '', classes: [], facts: {} };
});

describe('a journal without output', () => {
  test('has what became of the entries, and none of what they printed', async () => {
    const journal = { path: place.next(), output: 'none' } as const;
    const long = 'a long story '.repeat(10_000);
    const run = { a: ending({ stdout: long, stderr: 'told by nobody', exitCode: 3 }) };
    const first = await processes.pool(run, { journal }).start();
    expect(first.get('a')?.stdout).toBe(long);
    const results = await processes.pool(run, { journal, resume: 'missing' }).start();
    expect(run.a.runs).toHaveLength(1);
    expect([
      results.get('a')?.exitCode,
      results.get('a')?.stdout,
      results.get('a')?.stderr,
    ]).toEqual([3, '', '']);
    expect(readFileSync(journal.path, 'utf8')).not.toMatch(/story|nobody/);
    expect(readdirSync(place.folder)).not.toContain(`${journal.path}.output`);
  });
});

describe('output beside a journal', () => {
  test('that is not whole any more makes its entry run again', async () => {
    const journal = place.next();
    const entry = ending({ stdout: 'x'.repeat(100_000) });
    await processes.pool({ a: entry }, { journal }).start();
    const [file = ''] = readdirSync(`${journal}.output`);
    truncateSync(join(`${journal}.output`, file), 50_000);
    const results = await processes.pool({ a: entry }, { journal, resume: 'missing' }).start();
    expect([entry.runs.length, results.resumed]).toEqual([2, []]);
  });

  test('is for its owner alone', async () => {
    const journal = place.next();
    await processes.pool({ a: ending({ stdout: 'x'.repeat(100_000) }) }, { journal }).start();
    const [file = ''] = readdirSync(`${journal}.output`);
    const mode = statSync(join(`${journal}.output`, file)).mode & 0o777;
    expect(mode).toBe(process.platform === 'win32' ? 0o666 : 0o600);
  });
});

describe('data of users in a journal', () => {
  test('come back as JSON gives them, and what it can not write is left out', () => {
    const circle: Record<string, unknown> = {};
    circle['itself'] = circle;
    const data = { day: new Date(0), many: 10n, circle, nothing: undefined, list: [1, 'a'] };
    const secrets = new SecretTable();
    expect(plainData(data, secrets)).toEqual({ day: '1970-01-01T00:00:00.000Z', list: [1, 'a'] });
  });

  test('have no secrets', () => {
    const secrets = new SecretTable();
    secrets.hide(secret('hunter2'));
    const data = { deep: [{ url: 'https://me:hunter2@host/' }], it: secret('hunter2') };
    expect(JSON.stringify(plainData(data, secrets))).not.toContain('hunter2');
  });
});

describe('the recognition of entries with secrets', () => {
  const PASSWORD = 'k7';
  const shapes = (value: string) => [
    processes.command(['login', secret(value)]),
    processes.command(['login']).env({ PASSWORD: secret(value) }),
    processes.command(['login']).input(secret(value)),
    processes.command(['login', secret`--password=${value}`]),
  ];

  test('does not depend on the secret, so that nobody finds it by trying', () => {
    expect(shapes(PASSWORD).map(entryHash)).toEqual(shapes('another').map(entryHash));
  });

  test('has no hash of a part of an entry in it', () => {
    const input = 'seven';
    const hash = entryHash(processes.command(['login']).input(input));
    const bare = createHash('sha256').update(input).digest('hex');
    expect(hash).toMatch(/^1:[0-9a-f]{32}$/);
    expect(bare).not.toContain(hash.slice(2));
    const elsewhere = entryHash(processes.command(['other']).input(input));
    expect(elsewhere).not.toBe(hash);
  });
});
