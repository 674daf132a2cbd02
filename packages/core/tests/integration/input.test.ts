import { createHash } from 'node:crypto';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import {
  InputClosedError,
  InputSourceError,
  InvalidArgumentError,
  type InputSource,
  type ProcessError,
} from '@proc/core';
import { onEveryDriver } from '../support/drivers.js';
import { script, sh } from '../support/programs.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
const rejection = async (run: Promise<unknown>): Promise<ProcessError> =>
  run.then(
    () => {
      throw new Error('it was expected to reject');
    },
    (error: unknown) => error as ProcessError,
  );

async function* generate(): AsyncGenerator<string> {
  for (const piece of ['one ', 'two ', 'three']) yield await Promise.resolve(piece);
}

const CUT = new Error('cable cut');

onEveryDriver('the standard input', ({ manager, recorded }) => {
  let directory: string;

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'input-'));
    writeFileSync(join(directory, 'a file'), 'from a file');
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  it.each<[string, () => InputSource | undefined, string]>([
    ['text', () => 'h\u00e9llo', 'h\u00e9llo'],
    ['an empty text', () => '', ''],
    ['nothing', () => undefined, ''],
    ['the number 0', () => 0, '0'],
    ['a number with a fraction', () => 1.5, '1.5'],
    ['false', () => false, 'false'],
    ['bytes', () => Buffer.from('bytes'), 'bytes'],
    ['an array buffer', () => new Uint8Array([65]).buffer, 'A'],
    ['a list', () => ['a', 1, Buffer.from('b')], 'a1b'],
    ['an async generator', generate, 'one two three'],
    ['a stream', () => Readable.from(['a', 'b'], { objectMode: false }), 'ab'],
    ['a stream of values', () => Readable.from(['a', 2]), 'a2'],
    ['a file stream', () => createReadStream(join(directory, 'a file')), 'from a file'],
    ['a file URL', () => pathToFileURL(join(directory, 'a file')), 'from a file'],
    [
      'a web stream',
      () =>
        new ReadableStream({
          start(controller) {
            controller.enqueue(Buffer.from('web'));
            controller.close();
          },
        }),
      'web',
    ],
  ])('can be %s', async (_, source, text) => {
    expect((await manager().command(['cat']).input(source()).run()).stdout).toBe(text);
  });

  it('can be the output of a running process, from its beginning', async () => {
    const processes = manager();
    const source = await processes.start(sh('echo one; echo two; read x; echo three'), {
      input: new PassThrough().end('go\n'),
    });
    await source.expect('two');
    const result = await processes.command(['tr', 'a-z', 'A-Z']).input(source).run();
    expect(result.stdout).toBe('ONE\nTWO\nTHREE\n');
    expect((await source.wait()).stdout).toBe('one\ntwo\nthree\n');
  });

  it('is the null device unless it is given', async () => {
    expect((await manager().run(sh('readlink /proc/self/fd/0 || echo /dev/null'))).stdout).toBe(
      '/dev/null\n',
    );
  });

  it('arrives whole, however large', async () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024, 'abcdefghijklmnopq');
    const code = `const hash = require('node:crypto').createHash('sha256');
      process.stdin.pipe(hash).on('finish', () => process.stdout.write(hash.digest('hex')))`;
    expect((await manager().command(script(code)).input(bytes).run()).stdout).toBe(sha256(bytes));
  });

  it('may be ignored by the program, however large', async () => {
    const bytes = Buffer.alloc(5 * 1024 * 1024);
    const result = await manager().command(sh('exit 3')).input(bytes).run();
    expect(result).toMatchObject({ exitCode: 3, error: null });
  });

  it('may be read in part: an endless source is let go', async () => {
    let closed = false;
    const endless = function* (): Generator<string> {
      try {
        for (;;) yield 'y\n'.repeat(1000);
      } finally {
        closed = true;
      }
    };
    const result = await manager().command(['head', '-n', '2']).input(endless()).run();
    expect(result).toMatchObject({ exitCode: 0, stdout: 'y\ny\n' });
    expect(closed).toBe(true);
  });

  it('that waits for ever does not keep the result back', async () => {
    const source = new PassThrough();
    const result = await manager().command(['true']).input(source).run();
    expect(result.exitCode).toBe(0);
    expect(source.destroyed).toBe(true);
  });

  it.each<[string, () => InputSource]>([
    [
      'a stream',
      () =>
        new Readable({
          read() {
            this.destroy(CUT);
          },
        }),
    ],
    [
      'a generator',
      async function* () {
        yield await Promise.resolve('a');
        throw CUT;
      },
    ],
  ])('ends the process with a typed error when %s fails', async (_, source) => {
    const error = await rejection(manager().command(['cat']).input(source()).run());
    expect(InputSourceError.is(error)).toBe(true);
    expect(error.cause).toBe(CUT);
    expect(error.message).toMatch(/source of its input failed: cable cut/);
    expect(error.result).toMatchObject({ reason: 'inputFailed' });
  });

  it('ends the process, not the application, for a value that is no input', async () => {
    const error = await rejection(
      manager()
        .command(['cat'])
        .input(Readable.from([{}]))
        .run(),
    );
    expect(InputSourceError.is(error)).toBe(true);
    expect(InvalidArgumentError.is(error.cause)).toBe(true);
  });

  it('that has failed before the start ends the process in the same way when events are heard', async () => {
    const { manager: processes, events } = recorded();
    const error = await rejection(
      processes
        .command(['cat'])
        .input(Readable.from([{}]))
        .run(),
    );
    expect(InputSourceError.is(error)).toBe(true);
    expect(events.names().slice(0, 3)).toEqual([
      'ProcessStarting',
      'ProcessStarted',
      'ProcessKilled',
    ]);
  });

  it('from a file that is missing starts nothing', async () => {
    const processes = manager();
    const run = processes.command(['cat']).input(new URL('file:///not/there')).run();
    const error = await rejection(run);
    expect(InputSourceError.is(error)).toBe(true);
    expect(error.result).toMatchObject({ pid: undefined, reason: 'failedToStart' });
    expect(processes.list()).toHaveLength(0);
  });

  it('is not read when the program can not be started', async () => {
    const source = new PassThrough();
    await rejection(manager().command(['not-there-at-all']).input(source).run());
    expect(source.destroyed).toBe(true);
  });
});

onEveryDriver('an interactive process', ({ manager }) => {
  it('is written to and answers', async () => {
    const process = await manager()
      .command(sh('while read x; do echo "<$x>"; done'))
      .interactive()
      .start();
    await process.write('a\n');
    await process.expect('<a>');
    await process.write(Buffer.from('b\n'));
    await process.expect('<b>');
    await process.closeInput();
    expect(await process.wait()).toMatchObject({ exitCode: 0, stdout: '<a>\n<b>\n' });
    await process.closeInput();
  });

  it('refuses more when it no longer reads', async () => {
    const process = await manager().command(['true']).interactive().start();
    await process.wait();
    await expect(process.write('x')).rejects.toThrow(InputClosedError);
  });

  it('is the only one that can be written to', async () => {
    const process = await manager().command(['cat']).input('x').start();
    await expect(process.write('y')).rejects.toThrow(InvalidArgumentError);
    expect((await process.wait()).stdout).toBe('x');
  });
});
