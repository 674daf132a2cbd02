import {
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { JournalError, readJournal } from '@proc/pool';
import { secret } from '@proc/core';
import { ending, entries, HandMadeEntry } from '../../support/hand-made-entry.js';
import { JournalPlace } from '../../support/journal-place.js';
import { processManager } from '../../support/process-manager.js';
import { entryHash } from '../../../src/journal/entry-hash.js';

const processes = processManager();
const place = new JournalPlace();

describe('the journal of a pool', () => {
  test('has a line for the run, and two for each entry, the last before the result is reported', async () => {
    const journal = place.next();
    const heard: unknown[] = [];
    await processes
      .pool(
        { a: ending({ stdout: 'out\n', exitCode: 3 }) },
        { journal, onProgress: () => void heard.push(readJournal(journal).at(-1)?.type) },
      )
      .start();
    const [run, started, ended] = readJournal(journal);
    expect(run).toMatchObject({ type: 'run', version: 1, resume: null });
    expect(started).toMatchObject({ type: 'started', key: 'a', command: 'made by hand' });
    expect(ended).toMatchObject({
      type: 'ended',
      key: 'a',
      exitCode: 3,
      success: false,
      stdout: { bytes: 4, text: 'out\n' },
    });
    expect(heard.at(-1)).toBe('ended');
    expect(statSync(journal).mode & 0o777).toBe(process.platform === 'win32' ? 0o666 : 0o600);
    expect(existsSync(`${journal}.lock`)).toBe(false);
  });

  test('says that an entry starts before it is launched', async () => {
    const journal = place.next();
    let seen: unknown;
    const entry = new HandMadeEntry('x', (run) => {
      seen = readJournal(journal).at(-1)?.type;
      run.end();
    });
    await processes.pool([entry], { journal }).start();
    expect(seen).toBe('started');
  });

  test('gives the results of entries that have ended to the next run, which starts the rest', async () => {
    const journal = place.next();
    const all = () => [ending({ stdout: 'one' }, '1'), ending({ exitCode: 4 }, '2')] as const;
    const [first, second] = all();
    await processes.pool({ first, second }, { journal }).start();
    const again = { first: all()[0], second: all()[1], third: ending({}, '3') };
    const calls: string[] = [];
    const results = await processes
      .pool(again, { journal, resume: 'missing' })
      .start((_type, chunk) => void calls.push(chunk));
    expect([again.first.launched, again.second.launched, again.third.launched]).toEqual([
      false,
      false,
      true,
    ]);
    expect(results.resumed).toEqual(['first', 'second']);
    expect(results.get('first')?.stdout).toBe('one');
    expect(results.get('second')?.exitCode).toBe(4);
    expect([...results.entries()].map(([key]) => key)).toEqual(['first', 'second', 'third']);
    expect(calls).toEqual([]);
  });

  test('counts what was taken over for the entries that come after it', async () => {
    const journal = place.next();
    await processes
      .pool({ built: ending({}, '1'), broken: ending({ exitCode: 1 }, '2') }, { journal })
      .start();
    const results = await processes
      .pool(
        [
          { entry: ending({ stdout: 'ran' }, '3'), key: 'early', after: 'built' },
          { entry: ending({}, '1'), key: 'built' },
          { entry: ending({}, '2'), key: 'broken' },
          { entry: ending({}, '4'), key: 'never', after: ['broken'] },
        ],
        { journal, resume: 'missing' },
      )
      .start();
    expect(results.resumed).toEqual(['built', 'broken']);
    expect(results.get('early')?.output()).toBe('ran');
    expect(results.skipped).toEqual(['never']);
  });

  test('is let go of when the entries can not be run', async () => {
    const journal = place.next();
    const pool = processes.pool([{ entry: ending(), key: 'a', after: 'b' }], { journal });
    await expect(pool.start()).rejects.toThrow('comes after an entry named "b"');
    expect(existsSync(`${journal}.lock`)).toBe(false);
  });

  test('resumes what failed too, when asked to', async () => {
    const journal = place.next();
    await processes.pool({ a: ending(), b: ending({ exitCode: 1 }) }, { journal }).start();
    const again = { a: ending(), b: ending() };
    const results = await processes.pool(again, { journal, resume: 'failed' }).start();
    expect([again.a.launched, again.b.launched]).toEqual([false, true]);
    expect(results.successful()).toBe(true);
  });

  test('runs a changed specification again, and reports it and what is gone', async () => {
    const journal = place.next();
    await processes.pool({ a: ending({}, 'old'), gone: ending() }, { journal }).start();
    const a = ending({}, 'new');
    const results = await processes.pool({ a }, { journal, resume: 'missing' }).start();
    expect(a.launched).toBe(true);
    expect([results.changed, results.obsolete, results.resumed]).toEqual([['a'], ['gone'], []]);
  });

  test('passes over entries of an iterable that are done', async () => {
    const journal = place.next();
    const made = entries(4);
    async function* source(count: number) {
      for (const entry of made.slice(0, count)) yield ending({}, entry.name);
    }
    await processes.pool(source(2), { journal }).start();
    const results = await processes.pool(source(4), { journal, resume: 'missing' }).start();
    expect([results.resumed, results.total]).toEqual([[0, 1], 4]);
  });

  test('runs an entry again that was stopped because the pool ended', async () => {
    const journal = place.next();
    const [entry] = entries(1);
    const pool = processes.pool({ a: entry! }, { journal });
    const started = pool.start();
    await pool.stop();
    await started;
    const again = ending({}, entry!.name);
    await processes.pool({ a: again }, { journal, resume: 'missing' }).start();
    expect(again.launched).toBe(true);
  });

  test.each([
    ['in the middle', 7],
    ['before its line end', 1],
  ])('tolerates a last line that is torn %s, and goes on after it', async (_where, missing) => {
    const journal = place.next();
    await processes.pool({ a: ending(), b: ending({ stdout: 'ü' }) }, { journal }).start();
    truncateSync(journal, statSync(journal).size - missing);
    const again = { a: ending(), b: ending() };
    await processes.pool(again, { journal, resume: 'missing' }).start();
    expect([again.a.launched, again.b.launched]).toEqual([false, true]);
    expect(readJournal(journal).filter(({ type }) => type === 'ended')).toHaveLength(2);
  });

  test('tells the line where it is damaged', async () => {
    const journal = place.next();
    await processes.pool([ending()], { journal }).start();
    const lines = readFileSync(journal, 'utf8').split('\n');
    writeFileSync(journal, [lines[0], 'garbage', ...lines.slice(2)].join('\n'));
    const entry = ending();
    const failure = processes.pool([entry], { journal, resume: 'missing' }).start();
    await expect(failure).rejects.toMatchObject({ code: 'ERR_PROC_POOL_JOURNAL', line: 2 });
    expect(entry.launched).toBe(false);
  });

  test('is refused before anything starts where it can not be written', async () => {
    const directory = place.next();
    mkdirSync(directory);
    const entry = ending();
    for (const journal of [directory, `${place.next()}/no/such/folder`]) {
      const failure: unknown = await processes
        .pool([entry], { journal })
        .start()
        .catch((error: unknown) => error);
      expect(JournalError.is(failure)).toBe(true);
    }
    expect(entry.launched).toBe(false);
  });

  test('is refused to a second pool while the first one has it', async () => {
    const journal = place.next();
    const [entry] = entries(1);
    const first = processes.pool([entry!], { journal });
    const started = first.start();
    await expect(processes.pool([ending()], { journal }).start()).rejects.toThrow(/in use/);
    await first.stop();
    await started;
  });

  test('takes no notice of a lock whose process is gone', async () => {
    const journal = place.next();
    writeFileSync(`${journal}.lock`, `${process.pid} 1\n`);
    const run = processes.pool([ending()], { journal }).start();
    if (process.platform === 'linux') await expect(run).resolves.toMatchObject({ total: 1 });
    else await expect(run).rejects.toThrow(/in use/);
  });

  test('interrupts the pool when it can not be written any more', async () => {
    const journal = place.next();
    // A file stands where the folder for large output would have to be made.
    writeFileSync(`${journal}.output`, '');
    const rest = ending();
    const failure: unknown = await processes
      .pool([ending({ stdout: 'x'.repeat(100_000) }), rest], { journal, concurrency: 1 })
      .start()
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ origin: 'journal', cause: { code: 'ERR_PROC_POOL_JOURNAL' } });
    expect(rest.launched).toBe(false);
  });

  test('keeps large output and bytes that are no text', async () => {
    const journal = place.next();
    const large = 'line\n'.repeat(20_000);
    await processes.pool({ a: ending({ stdout: large, stderr: 'small' }) }, { journal }).start();
    const results = await processes.pool({ a: ending() }, { journal, resume: 'missing' }).start();
    expect(results.resumed).toEqual(['a']);
    expect(results.get('a')?.stdout).toBe(large);
    expect(results.get('a')?.stderr).toBe('small');
    expect(statSync(journal).size).toBeLessThan(10_000);
  });

  test('is appended to, and the last record of a key counts', async () => {
    const journal = place.next();
    await processes.pool({ a: ending({ exitCode: 1 }) }, { journal }).start();
    await processes.pool({ a: ending({ stdout: 'better' }) }, { journal }).start();
    const results = await processes.pool({ a: ending() }, { journal, resume: 'missing' }).start();
    expect(results.get('a')?.stdout).toBe('better');
    expect(readJournal(journal).filter(({ type }) => type === 'run')).toHaveLength(3);
  });
});

describe('what an entry is recognised by', () => {
  const command = () => processes.command(['echo', 'a']);

  test.each([
    ['arguments', command().env({}), processes.command(['echo', 'b'])],
    ['environment', command(), command().env({ A: '1' })],
    ['directory', command(), command().path('/')],
    ['input', command().input('a'), command().input('b')],
    ['input of bytes', command().input(Buffer.from('a')), command().input(Buffer.from('b'))],
  ])('differs with the %s', (_what, one, other) => {
    expect(entryHash(one)).not.toBe(entryHash(other));
  });

  test('is the same whatever the timeout, the tag, the output kept and the value of a secret', () => {
    expect(entryHash(command().timeout('1s').tag('x').quietly())).toBe(entryHash(command()));
    const withSecret = (value: string) => entryHash(command().env({ A: secret(value) }));
    expect(withSecret('one secret')).toBe(withSecret('another secret'));
  });
});
