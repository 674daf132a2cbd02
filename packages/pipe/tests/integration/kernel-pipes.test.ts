import { spawn } from 'node:child_process';
import { readSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import os from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { once } from 'node:events';
import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { NodeDriver, type PipeEnds } from '@proc/core';
import type { KernelPipe } from '../../src/streams/kernel-pipe.js';
import { openFifos } from '../../src/streams/open-fifos.js';
import { openKernelPipes } from '../../src/streams/open-kernel-pipes.js';
import { openProcPipes } from '../../src/streams/open-proc-pipes.js';
import { withManager } from '../support/application.js';
import { leftovers, openDescriptors } from '../support/leftovers.js';

const LINUX = process.platform === 'linux';
const ways: [string, (count: number) => Promise<readonly KernelPipe[]>][] = [
  ['FIFOs', openFifos],
  ...(LINUX ? [['pipes of a shell', openProcPipes] as [string, typeof openProcPipes]] : []),
];

/** Pipes and FIFOs that this process has open. */
const openPipes = (): string[] =>
  openDescriptors()
    .filter((target) => target.startsWith('pipe:') || target.includes('/proc-'))
    .sort();

beforeAll(async () => {
  // The first child makes Node open pipes of its own, for good.
  await once(spawn('/bin/sh', ['-c', ':']), 'close');
});

describe.each(ways)('%s', (_name, open) => {
  it('pass bytes on, each its own, from as many as are wanted', async () => {
    const before = openPipes();
    const pipes = await open(12);

    for (const [index, pipe] of pipes.entries()) writeSync(pipe.writer, `to ${index}`);

    const buffer = Buffer.alloc(16);
    const read = pipes.map((pipe) => buffer.toString('utf8', 0, readSync(pipe.reader, buffer)));
    expect(read).toEqual(Array.from({ length: 12 }, (_, index) => `to ${index}`));
    for (const pipe of pipes) pipe.close();
    expect(openPipes().filter((target) => !before.includes(target))).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  it('end when every writer has closed them, and no other process holds them', async () => {
    const [pipe] = await open(1);
    if (pipe === undefined) throw new Error('There is no pipe.');
    const child = spawn('/bin/sh', ['-c', 'echo from child'], {
      stdio: ['ignore', pipe.writer, 'ignore'],
    });
    pipe.closeWriter();
    await once(child, 'close');

    const buffer = Buffer.alloc(64);
    expect(buffer.toString('utf8', 0, readSync(pipe.reader, buffer))).toBe('from child\n');
    expect(readSync(pipe.reader, buffer)).toBe(0);
    pipe.close();
  });

  it('are closed once, and not used afterwards', async () => {
    const [pipe] = await open(1);

    pipe?.close();
    pipe?.close();

    expect(() => pipe?.reader).toThrow('closed');
    expect(() => pipe?.writer).toThrow('closed');
  });
});

describe('openKernelPipes', () => {
  it('makes none, and leaves nothing, where there is no way to', async () => {
    const before = openPipes();
    jest.spyOn(os, 'tmpdir').mockReturnValue('/nowhere/at/all');

    expect(await openKernelPipes(2, 'darwin')).toBeNull();

    jest.restoreAllMocks();
    expect(openPipes().filter((target) => !before.includes(target))).toEqual([]);
    expect(leftovers()).toEqual([]);
  });

  it('makes them on this platform; on Linux such that /dev/stdin can be opened without a writer', async () => {
    const before = openPipes();

    const pipes = await openKernelPipes(2);

    expect(pipes).toHaveLength(2);
    const made = openPipes().filter((target) => !before.includes(target));
    if (LINUX)
      expect(made).toEqual(Array.from({ length: 4 }, () => expect.stringMatching(/^pipe:/)));
    for (const pipe of pipes ?? []) pipe.close();
  });
});

describe('a driver that makes pipes itself', () => {
  /** Runs a pipeline of three programs; every call of the driver is answered by the test. */
  const joined = (openPipe: () => PipeEnds | undefined, input?: URL): Promise<string> =>
    withManager(
      async (processes) => {
        processes.extend('piping', () =>
          Object.assign(new NodeDriver(), { name: 'piping', openPipe }),
        );
        const first = input === undefined ? ['printf', '%s', 'abc'] : ['cat'];
        const stages = [first, ['tr', 'a-c', 'A-C'], ['cat']];
        const result = await processes.pipe(stages).input(input).streaming().run();
        return result.stdout;
      },
      { default: 'piping' },
    );
  const shortOf = (): never => {
    throw Object.assign(new Error('pipe EMFILE'), { code: 'EMFILE' });
  };

  it('is asked for those between its programs, which are closed here once they have them', async () => {
    const before = openPipes();
    const made = await openProcPipes(2);
    const ends = made.map(({ reader, writer }) => ({ read: reader, write: writer }));

    expect(await joined(() => ends.pop())).toBe('ABC');

    expect(ends).toEqual([]);
    expect(openPipes().filter((target) => !before.includes(target))).toEqual([]);
  });

  it('need not make all of them, nor any: they are made otherwise', async () => {
    const before = openPipes();
    const [made] = await openProcPipes(1);
    if (made === undefined) throw new Error('There is no pipe.');
    const ends = [{ read: made.reader, write: made.writer }];

    expect(await joined(() => ends.pop() ?? shortOf())).toBe('ABC');
    expect(await joined(() => undefined)).toBe('ABC');
    expect(await joined(shortOf)).toBe('ABC');

    expect(ends).toEqual([]);
    expect(openPipes().filter((target) => !before.includes(target))).toEqual([]);
  });

  it('is asked when the input has been opened: what fails after that leaves its pipes open', async () => {
    const before = openPipes();
    const made = await openProcPipes(2);
    const ends = made.map(({ reader, writer }) => ({ read: reader, write: writer }));
    const file = join(os.tmpdir(), `proc-${process.pid}-input`);
    writeFileSync(file, 'abc');
    const removing = (): PipeEnds | undefined => {
      rmSync(file, { force: true });
      return ends.pop();
    };

    expect(await joined(removing, pathToFileURL(file))).toBe('ABC');

    expect(openPipes().filter((target) => !before.includes(target))).toEqual([]);
  });
});
