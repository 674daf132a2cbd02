import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable, Writable } from 'node:stream';
import { ReadableStream } from 'node:stream/web';
import { pathToFileURL } from 'node:url';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import type { InputSource } from '../../../src/contracts/input-source.js';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { inputKind, inputStream } from '../../../src/input/input-stream.js';

async function read(source: unknown): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of inputStream(source as Exclude<InputSource, null>)) {
    chunks.push(Buffer.from(chunk as Uint8Array));
  }
  return Buffer.concat(chunks).toString();
}

async function* generate(): AsyncGenerator<string | Uint8Array | number> {
  yield 'a';
  yield '';
  yield Buffer.from('b');
  yield Promise.resolve(3);
}

describe('inputKind', () => {
  it.each<[unknown, string]>([
    [null, 'none'],
    [undefined, 'none'],
    ['', 'text'],
    [0, 'text'],
    [false, 'text'],
    [Buffer.from('x'), 'bytes'],
    [new ArrayBuffer(1), 'bytes'],
    [new Uint16Array(1), 'bytes'],
    [new DataView(new ArrayBuffer(1)), 'bytes'],
    [new URL('file:///x'), 'file'],
    [Readable.from([]), 'stream'],
    [new PassThrough(), 'stream'],
    [new ReadableStream(), 'stream'],
    [['a'], 'iterable'],
    [new Set(['a']), 'iterable'],
    [generate(), 'iterable'],
  ])('of %p is %s', (source, kind) => {
    expect(inputKind(source)).toBe(kind);
  });

  it.each([{}, () => 'x', Symbol('x'), 5n, new Writable(), new Date()])('refuses %p', (source) => {
    expect(() => inputKind(source)).toThrow(InvalidArgumentError);
  });

  it('says what it refuses', () => {
    expect(() => inputKind({})).toThrow('got a plain object.');
    expect(() => inputKind(new Blob(['x']))).toThrow('got an instance of Blob.');
    expect(() => inputKind(5n)).toThrow('got bigint.');
  });
});

describe('inputStream', () => {
  it.each<[string, () => unknown, string]>([
    ['text', () => 'h\u00e9', 'h\u00e9'],
    ['an empty text', () => '', ''],
    ['a number', () => 0, '0'],
    ['a boolean', () => false, 'false'],
    ['a buffer', () => Buffer.from('abc'), 'abc'],
    ['a view of a part of a buffer', () => new Uint8Array([65, 66, 67]).subarray(1), 'BC'],
    ['a view of wide numbers', () => new Uint16Array(new Uint8Array([65, 66]).buffer), 'AB'],
    ['a view without numbers', () => new DataView(new Uint8Array([65, 66]).buffer, 1), 'B'],
    ['a view of another realm', () => runInNewContext('new Uint8Array([65, 66])') as unknown, 'AB'],
    [
      'a buffer of another realm',
      () => runInNewContext('new Uint8Array([65]).buffer') as unknown,
      'A',
    ],
    ['an array buffer', () => new Uint8Array([65, 66]).buffer, 'AB'],
    ['a list', () => ['a', 1, true, Buffer.from('z')], 'a1truez'],
    ['a set', () => new Set(['a', 'b']), 'ab'],
    ['an async generator', () => generate(), 'ab3'],
    ['a stream', () => Readable.from(['a', 'b'], { objectMode: false }), 'ab'],
    ['a stream of strings', () => Readable.from(['a', 'b']), 'ab'],
    ['a stream of numbers', () => Readable.from([1, 2]), '12'],
    [
      'a web stream',
      () =>
        new ReadableStream({
          start(controller) {
            controller.enqueue(new Uint8Array([65]));
            controller.close();
          },
        }),
      'A',
    ],
  ])('gives the bytes of %s', async (_, source, text) => {
    expect(await read(source())).toBe(text);
  });

  it('gives the bytes of a file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'input stream '));
    try {
      writeFileSync(join(directory, 'a file'), 'content');
      expect(await read(pathToFileURL(join(directory, 'a file')))).toBe('content');
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it('throws at once for a file that is not there', () => {
    expect(() => inputStream(new URL('file:///not/there'))).toThrow(/ENOENT/);
  });

  it.each([[[{}]], [[null]], [[undefined]], [[['a']]]])(
    'fails for the piece in %j',
    async (source) => {
      await expect(read(source)).rejects.toThrow(InvalidArgumentError);
    },
  );

  it('fails, instead of crashing, for a stream of objects', async () => {
    await expect(read(Readable.from([{ a: 1 }]))).rejects.toThrow(InvalidArgumentError);
  });

  it('lets an object stream go when it is destroyed itself', async () => {
    const source = new PassThrough({ objectMode: true });
    source.write('a');
    const stream = inputStream(source);
    const closed = new Promise((resolve) => source.once('close', resolve));
    stream.destroy();
    await closed;
  });
});
