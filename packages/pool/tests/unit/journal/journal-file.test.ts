import fs from 'node:fs';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { readJournal, type JournalRecord } from '@proc/pool';
import { JournalFile } from '../../../src/journal/journal-file.js';
import { JournalPlace } from '../../support/journal-place.js';
import { settled } from '../../support/settled.js';

const place = new JournalPlace();
const opened: JournalFile[] = [];

function open(path: string, { durable = false } = {}): JournalFile {
  const file = new JournalFile(path, { wholeBytes: 0, durable });
  opened.push(file);
  return file;
}

/** Any record will do: that of a run is short. */
function record(run: string): JournalRecord {
  return { type: 'run', version: 1, run, at: '', pid: 1, resume: null };
}

function runs(path: string): string[] {
  return readJournal(path).map((read) => (read.type === 'run' ? read.run : '?'));
}

afterEach(() => {
  for (const file of opened.splice(0)) file.close();
});

describe('the file of a journal', () => {
  test('gets the lines of one turn in one write, in their order', async () => {
    const path = place.next();
    const file = open(path);
    const writes = jest.spyOn(fs, 'writeSync');
    await Promise.all(['1', '2', '3'].map((run) => file.add(record(run))));
    expect(writes).toHaveBeenCalledTimes(1);
    expect(runs(path)).toEqual(['1', '2', '3']);
  });

  test('gets what waits ahead of what is written at once', async () => {
    const path = place.next();
    const file = open(path);
    const first = file.add(record('1'));
    expect(runs(path)).toEqual([]);
    file.append(record('2'));
    expect(runs(path)).toEqual(['1', '2']);
    await first;
  });

  test('goes on where a write was cut short', async () => {
    const path = place.next();
    const file = open(path);
    const write = fs.writeSync as (descriptor: number, bytes: Buffer, from?: number) => number;
    jest
      .spyOn(fs, 'writeSync')
      .mockImplementationOnce(((descriptor: number, bytes: Buffer) =>
        write(descriptor, bytes.subarray(0, 5))) as typeof fs.writeSync);
    await file.add(record('1'));
    expect(runs(path)).toEqual(['1']);
  });

  test('keeps nothing of a write that fails, and all of those before and after it', async () => {
    const path = place.next();
    const file = open(path);
    file.append(record('1'));
    const write = fs.writeSync as (descriptor: number, bytes: Buffer) => number;
    let calls = 0;
    const spy = jest.spyOn(fs, 'writeSync').mockImplementation(((
      descriptor: number,
      bytes: Buffer,
    ) => {
      calls += 1;
      if (calls === 1) return write(descriptor, bytes.subarray(0, 100));
      throw Object.assign(new Error('full'), { code: 'ENOSPC' });
    }) as typeof fs.writeSync);
    const lost = await Promise.allSettled([file.add(record('2')), file.add(record('3'))]);
    spy.mockRestore();
    for (const outcome of lost) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'ERR_PROC_POOL_JOURNAL', cause: { code: 'ENOSPC' } },
      });
    }
    await file.add(record('4'));
    expect(runs(path)).toEqual(['1', '4']);
  });
});

describe('the file of a durable journal', () => {
  /** The disk is at work until it is told that it is done. */
  function slowDisk(): fs.NoParamCallback[] {
    const done: fs.NoParamCallback[] = [];
    jest.spyOn(fs, 'fdatasync').mockImplementation((_descriptor, callback) => {
      done.push(callback);
    });
    return done;
  }

  test('waits for the disk after the write, once for all that came before', async () => {
    const path = place.next();
    const file = open(path, { durable: true });
    const disk = slowDisk();
    const safe: string[] = [];
    const add = (run: string) => void file.add(record(run)).then(() => safe.push(run));
    add('1');
    await settled();
    expect(runs(path)).toEqual(['1']);
    // What is under way does not count for these: they may have been written after it began.
    add('2');
    add('3');
    await settled();
    expect([disk.length, safe]).toEqual([1, []]);
    disk[0]?.(null);
    await settled();
    expect([disk.length, safe]).toEqual([2, ['1']]);
    disk[1]?.(null);
    await settled();
    expect([disk.length, safe]).toEqual([2, ['1', '2', '3']]);
  });

  test('says when the disk fails, and asks it anew for the next', async () => {
    const file = open(place.next(), { durable: true });
    const disk = slowDisk();
    const failing = file.add(record('1')).catch((error: unknown) => error);
    await settled();
    const next = file.add(record('2'));
    await settled();
    disk[0]?.(Object.assign(new Error('broken'), { code: 'EIO' }));
    expect(await failing).toMatchObject({ code: 'ERR_PROC_POOL_JOURNAL', cause: { code: 'EIO' } });
    await settled();
    disk[1]?.(null);
    await next;
    expect(disk).toHaveLength(2);
  });

  test('does not wait for the disk when nobody asked for that', async () => {
    const disk = slowDisk();
    await open(place.next()).add(record('1'));
    expect(disk).toEqual([]);
  });
});
