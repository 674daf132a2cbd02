import { execFile, execFileSync } from 'node:child_process';
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { JournalError } from '@proc/pool';
import { ending } from '../support/hand-made-entry.js';
import { JournalPlace } from '../support/journal-place.js';
import { processManager } from '../support/process-manager.js';

const processes = processManager();
const place = new JournalPlace();
const LOCK = join(__dirname, '../../src/journal/journal-lock.ts');
const SOURCES = join(__dirname, '../../../core/tests/support/register-sources.cjs');

afterEach(() => {
  jest.restoreAllMocks();
});

async function refusal(journal: string): Promise<JournalError> {
  const entry = ending();
  const error: unknown = await processes
    .pool([entry], { journal })
    .start()
    .catch((caught: unknown) => caught);
  expect(entry.launched).toBe(false);
  expect(error).toBeInstanceOf(JournalError);
  expect(existsSync(`${journal}.lock`)).toBe(false);
  return error as JournalError;
}

describe('a journal is refused, and nothing is started or left', () => {
  test('at a folder', async () => {
    const journal = place.next();
    mkdirSync(journal);
    expect((await refusal(journal)).message).toContain(`${journal} is no regular file`);
  });

  const onPosix = process.platform === 'win32' ? test.skip : test;
  if (onPosix !== test) console.log('left out: Windows has no FIFO');
  onPosix('at a FIFO, without waiting for who writes to it', async () => {
    const journal = place.next();
    execFileSync('mkfifo', [journal]);
    expect((await refusal(journal)).message).toContain(`${journal} is no regular file`);
  });

  test('in a folder that is not there', async () => {
    const journal = join(place.folder, 'none', 'x.ndjson');
    expect((await refusal(journal)).message).toContain('ENOENT');
  });

  test.each(['openSync', 'ftruncateSync', 'writeSync'] as const)(
    'where %s fails, with no descriptor left open',
    async (name) => {
      const journal = place.next();
      const open = new Set<number>();
      const [openSync, closeSync] = [fs.openSync, fs.closeSync];
      const fails = (path: unknown) => name === 'openSync' && path === journal;
      const refuse = (): never => {
        throw Object.assign(new Error('refused'), { code: 'EACCES' });
      };
      jest.spyOn(fs, 'openSync').mockImplementation((...args) => {
        if (fails(args[0])) refuse();
        const descriptor = openSync(...args);
        open.add(descriptor);
        return descriptor;
      });
      jest.spyOn(fs, 'closeSync').mockImplementation((descriptor) => {
        open.delete(descriptor);
        closeSync(descriptor);
      });
      if (name === 'ftruncateSync') jest.spyOn(fs, name).mockImplementation(refuse);
      if (name === 'writeSync') {
        const { writeSync } = fs;
        // The lock is written first.
        jest.spyOn(fs, name).mockImplementationOnce(writeSync).mockImplementation(refuse);
      }
      const error = await refusal(journal);
      expect([error.message, error.path]).toEqual([expect.stringContaining('EACCES'), journal]);
      expect(open.size).toBe(0);
    },
  );
});

describe('the lock of an owner that is gone', () => {
  const script = `
    const { JournalLock } = require(process.argv[1]);
    try { new JournalLock(process.argv[2]); } catch (error) { console.log(error.code); process.exit(1); }
    console.log('taken');
    setInterval(() => require('node:fs').existsSync(process.argv[2] + '.done') && process.exit(), 20);`;
  const contend = (journal: string): Promise<string> =>
    promisify(execFile)(process.execPath, [
      '--conditions=@proc/source',
      ...['--require', 'reflect-metadata', '--require', SOURCES],
      ...['-e', script, LOCK, journal],
    ]).then(
      ({ stdout }) => stdout.trim(),
      (error: unknown) => (error as { stdout: string }).stdout.trim(),
    );

  test('goes to one alone of those that come at once', async () => {
    const journal = place.next();
    writeFileSync(`${journal}.lock`, '4194999 1\n');
    const all = Array.from({ length: 4 }, () => contend(journal));
    const outcomes: string[] = [];
    for (const one of all) {
      void one.then((outcome) => {
        outcomes.push(outcome);
        // The others have been refused: the one that has it may go.
        if (outcomes.length === 3) writeFileSync(`${journal}.done`, '');
      });
    }
    await Promise.all(all);
    expect(outcomes.sort()).toEqual([...Array<string>(3).fill('ERR_PROC_POOL_JOURNAL'), 'taken']);
    expect(readFileSync(`${journal}.lock`, 'utf8')).not.toContain('4194999');
    const beside = readdirSync(place.folder).filter((name) => name.startsWith(basename(journal)));
    expect(beside.sort()).toEqual([`${basename(journal)}.done`, `${basename(journal)}.lock`]);
  }, 60_000);

  test('is not removed by who finds, in its turn, that another has taken it', () => {
    const journal = place.next();
    writeFileSync(`${journal}.lock`, '4194999 1\n');
    const { rmSync } = fs;
    const removed = jest.spyOn(fs, 'rmSync');
    const { openSync } = fs;
    jest.spyOn(fs, 'openSync').mockImplementation((...args) => {
      // The other is faster, just before our turn.
      if (String(args[0]).includes('4194999')) {
        writeFileSync(`${journal}.lock`, `${process.ppid} ?\n`);
      }
      return openSync(...args);
    });
    return processes
      .pool([ending()], { journal })
      .start()
      .then(
        () => expect('taken').toBe('refused'),
        (error: unknown) => {
          expect(error).toBeInstanceOf(JournalError);
          expect(removed.mock.calls.map(([path]) => path)).not.toContain(`${journal}.lock`);
          rmSync(`${journal}.lock`);
        },
      );
  });
});
