import os from 'node:os';
import { finished } from 'node:stream/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { Spool } from '../../../src/streams/spool.js';
import { leftovers, openSpools } from '../../support/leftovers.js';
import { readAll } from '../../support/read-all.js';

describe('Spool', () => {
  it.each([
    ['in memory', 1000],
    ['in a file', 10],
  ])('gives back what was written, %s, any number of times', async (_where, limit) => {
    const spool = new Spool(limit);

    for (const piece of ['abc', '', 'defgh', 'ijklmnop']) spool.append(Buffer.from(piece));

    expect(spool.size).toBe(16);
    expect(spool.bytes().toString()).toBe('abcdefghijklmnop');
    expect(spool.read(2, 5).toString()).toBe('cde');
    expect(spool.read(14, 99).toString()).toBe('op');
    expect((await readAll(spool.stream())).toString()).toBe('abcdefghijklmnop');
    expect((await readAll(spool.stream())).toString()).toBe('abcdefghijklmnop');
    spool.clear();
  });

  it('streams what there was when the stream was made', async () => {
    const spool = new Spool();
    spool.append(Buffer.from('before'));

    const stream = spool.stream();
    spool.append(Buffer.from('after'));

    expect((await readAll(stream)).toString()).toBe('before');
  });

  it('leaves no name in the file system, and no descriptor once it is cleared', () => {
    // Other tests of this process may have left theirs to the garbage collector.
    const before = openSpools();
    const mine = (): string[] => openSpools().filter((spool) => !before.includes(spool));
    const spool = new Spool(1);

    spool.append(Buffer.from('more than one byte'));

    expect(leftovers()).toEqual([]);
    if (process.platform === 'linux') expect(mine()).toHaveLength(1);
    spool.clear();
    expect(mine()).toEqual([]);
    expect(spool.size).toBe(0);
  });

  it('can be written to as a stream, which reports what the disk refuses', async () => {
    const spool = new Spool(1);
    const writable = spool.writable();
    writable.end('enough for a file');
    await finished(writable);
    expect(spool.bytes().toString()).toBe('enough for a file');
    spool.clear();

    jest.spyOn(os, 'tmpdir').mockReturnValue('/nowhere/at/all');
    const failing = new Spool(1).writable();
    failing.end('enough for a file');

    await expect(finished(failing)).rejects.toMatchObject({ code: 'ENOENT' });
  });
});
