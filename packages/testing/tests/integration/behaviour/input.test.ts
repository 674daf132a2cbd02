import 'reflect-metadata';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { InputSource } from '@proc/core';
import { outcomeOf, plainError } from '../../support/behaviour/plain.js';
import { sameOnEveryDriver as same } from '../../support/behaviour/same-on-every-driver.js';

let directory: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'behaviour-'));
  writeFileSync(join(directory, 'file'), 'from a file');
});
afterAll(() => {
  rmSync(directory, { recursive: true });
});

const file = (): string => join(directory, 'file');

async function* pieces(): AsyncGenerator<string> {
  for (const piece of ['one ', 'two ', 'three']) yield await Promise.resolve(piece);
}

function webStream(): InputSource {
  return new ReadableStream({
    start(controller) {
      controller.enqueue(Buffer.from('web'));
      controller.close();
    },
  });
}

describe('input', () => {
  same(
    'may be of any kind',
    async ({ play }) => {
      const sources: readonly (InputSource | undefined)[] = [
        ...['h\u00e9llo', '', undefined, 0, 1.5, false],
        ...[Buffer.from('bytes'), new Uint8Array([65]).buffer, ['a', 1, Buffer.from('b')]],
        ...[pieces(), Readable.from(['a', 'b'], { objectMode: false }), Readable.from(['a', 2])],
        ...[createReadStream(file()), pathToFileURL(file()), webStream()],
      ];
      const seen: string[] = [];
      for (const source of sources) seen.push((await play('cat').input(source).run()).stdout);
      return seen;
    },
    (seen) =>
      expect(seen).toEqual([
        ...['h\u00e9llo', '', '', '0', '1.5', 'false', 'bytes', 'A', 'a1b'],
        ...['one two three', 'ab', 'a2', 'from a file', 'from a file', 'web'],
      ]),
  );

  same(
    'arrives whole, however large, at a program that prints as much',
    async ({ play }) => {
      const bytes = Buffer.alloc(3_000_000, 'abcdefghijklmnopq');
      const result = await play('cat').input(bytes).run();
      return [result.bytes().equals(bytes), result.exitCode];
    },
    (seen) => expect(seen).toEqual([true, 0]),
  );

  same(
    'may be the output of another process, from its beginning',
    async ({ play }) => {
      const source = await play('out one', 'read', 'err aside').interactive().start();
      await source.expect('one');
      const reading = outcomeOf(play('cat').input(source).run());
      await source.write('two\n');
      return [await reading, await outcomeOf(source.wait())];
    },
    ([result, source]) => {
      expect(result).toMatchObject({ stdout: 'one\n<two>\n', stderr: '' });
      expect(source).toMatchObject({ stdout: 'one\n<two>\n', stderr: 'aside\n' });
    },
  );

  same(
    'is let go when the program closes it, or ends without it',
    async ({ play }) => {
      let closed = 0;
      const endless = function* (): Generator<string> {
        try {
          for (;;) yield 'y\n'.repeat(1000);
        } finally {
          closed++;
        }
      };
      const waiting = new PassThrough();
      return [
        await outcomeOf(play('close stdin', 'exit 3').input(endless()).run()),
        await outcomeOf(play('close stdin', 'exit 4').input(waiting).run()),
        await outcomeOf(play('close stdin', 'out x').input(Buffer.alloc(1_000_000)).run()),
        [closed, waiting.destroyed],
      ];
    },
    ([first, , , released]) => {
      expect(first).toMatchObject({ exitCode: 3, error: null });
      expect(released).toEqual([1, true]);
    },
  );

  same(
    'that fails ends the program with a typed error',
    async ({ play, processes }) => {
      const failing = async function* (): AsyncGenerator<string> {
        yield await Promise.resolve('in\n');
        await processes.activeProcesses[0]?.expect('in');
        throw new Error('cable cut');
      };
      return [
        // It would end by itself as its input does, or by the signal, whichever came first.
        await outcomeOf(play('out up', 'cat', 'wait').input(failing()).run()),
        await outcomeOf(
          play('cat')
            .input(Readable.from([{}]))
            .run(),
        ),
        await outcomeOf(play('cat').input(new URL('file:///not/there')).run()),
      ];
    },
    (seen) =>
      expect(seen).toMatchObject([
        {
          name: 'InputSourceError',
          cause: { message: 'cable cut' },
          result: { stdout: 'up\nin\n' },
        },
        { name: 'InputSourceError', cause: { code: 'ERR_PROC_INVALID_ARGUMENT' } },
        { name: 'InputSourceError', result: { reason: 'failedToStart' } },
      ]),
  );

  same(
    'may answer what the program prints',
    async ({ play }) => {
      const input = new PassThrough();
      input.write('1\n');
      let number = 1;
      return outcomeOf(
        play('read', 'read', 'read')
          .input(input)
          .run(() => void input.write(`${++number}\n`)),
      );
    },
    (result) => expect(result).toMatchObject({ exitCode: 0, stdout: '<1>\n<2>\n<3>\n' }),
  );

  same(
    'is no faster than the program reads',
    async ({ play }) => {
      let made = 0;
      const source = function* (): Generator<Buffer> {
        for (; made < 20_000_000; made += 65_536) yield Buffer.alloc(65_536);
      };
      const process = await play('out up', 'pause 200', 'out on', 'cat')
        .input(source())
        .quietly()
        .start();
      await process.expect('on');
      const early = made;
      await process.wait();
      return [early < 5_000_000, made >= 20_000_000];
    },
    (seen) => expect(seen).toEqual([true, true]),
  );
});

describe('an interactive program', () => {
  same(
    'is written to, answers, and ends at the end of its input',
    async ({ play }) => {
      const process = await play('read', 'read', 'cat').interactive().start();
      await process.write('a\n');
      await process.expect('<a>');
      await process.write(Buffer.from('b\nrest'));
      const match = await process.expect(/<(b)>/);
      await process.closeInput();
      await process.closeInput();
      return [match[1], await outcomeOf(process.wait())];
    },
    ([match, result]) => {
      expect(match).toBe('b');
      expect(result).toMatchObject({ exitCode: 0 });
    },
  );

  same(
    'refuses more once it has ended, or closed its input',
    async ({ play }) => {
      const ended = await play('out x').interactive().start();
      await ended.wait();
      const closed = await play('close stdin', 'out closed', 'wait').interactive().start();
      await closed.expect('closed');
      // The first write after it may still be taken by the system.
      await closed.write('into the void').catch(() => undefined);
      const late = await failure(closed.write('again'));
      await closed.stop();
      return [await failure(ended.write('x')), late];
    },
    (errors) =>
      expect(errors).toMatchObject([
        { code: 'ERR_PROC_INPUT_CLOSED' },
        { code: 'ERR_PROC_INPUT_CLOSED' },
      ]),
  );

  same(
    'is the only one that can be written to',
    async ({ play }) => {
      const process = await play('cat').input('x').start();
      return [await failure(process.write('y')), await outcomeOf(process.wait())];
    },
    ([error, result]) => {
      expect(error).toMatchObject({ code: 'ERR_PROC_INVALID_ARGUMENT' });
      expect(result).toMatchObject({ stdout: 'x' });
    },
  );
});

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(() => 'no failure', plainError);
}
