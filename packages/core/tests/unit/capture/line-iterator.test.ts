import { describe, expect, it } from '@jest/globals';
import { iterateChunks } from '../../../src/capture/iterate-output.js';
import { LineIterator } from '../../../src/capture/line-iterator.js';
import type { OutputType } from '../../../src/contracts/output-callback.js';
import { Captured } from '../../support/captured.js';

function iterate(
  captured: Captured,
  types: readonly OutputType[] = ['out'],
  atEnd: () => Promise<unknown> = () => Promise.resolve(),
): LineIterator {
  return new LineIterator(captured.capture, 'utf8', types, atEnd);
}

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const seen: string[] = [];
  for await (const line of lines) seen.push(line);
  return seen;
}

describe('LineIterator', () => {
  it('gives the same lines wherever the bytes are cut', async () => {
    const bytes = Buffer.from('on\u20ac\r\n\ntwo\nrest');
    for (let cut = 1; cut < bytes.length; cut++) {
      const captured = new Captured();
      const lines = all(iterate(captured));
      await captured.print(bytes.subarray(0, cut));
      await captured.print(bytes.subarray(cut));
      await captured.end();
      expect(await lines).toEqual(['on\u20ac', '', 'two', 'rest']);
    }
  });

  it('begins with the first line, however late it is asked', async () => {
    const captured = new Captured();
    await captured.print('a\nb\n');
    await captured.end();
    expect(await all(iterate(captured))).toEqual(['a', 'b']);
    expect(await all(iterate(captured))).toEqual(['a', 'b']);
  });

  it('never mixes lines of two streams', async () => {
    const captured = new Captured();
    await captured.print('out');
    await captured.print('err', 'err');
    await captured.print('put\n');
    await captured.print('or', 'err');
    await captured.end();
    expect(await all(iterate(captured, ['out', 'err']))).toEqual(['output', 'error']);
  });

  it('answers calls that overlap in order', async () => {
    const captured = new Captured();
    const lines = iterate(captured);
    const two = Promise.all([lines.next(), lines.next()]);
    await captured.print('a\n');
    await captured.print('b\n');
    expect((await two).map(({ value }) => value)).toEqual(['a', 'b']);
  });

  it('rejects after the last line as the end does', async () => {
    const captured = new Captured();
    const lines = iterate(captured, ['out'], () => Promise.reject(new Error('ended badly')));
    await captured.print('a\n');
    await captured.end();
    expect(await lines.next()).toEqual({ done: false, value: 'a' });
    await expect(lines.next()).rejects.toThrow('ended badly');
  });

  it('does not hold the process back before it is asked for a line', async () => {
    const captured = new Captured();
    iterate(captured);
    await captured.print(Buffer.alloc(2 * 1024 * 1024, '\n'));
    expect(captured.capture.heldBack).toBe(false);
  });

  it('gives nothing more after it was left', async () => {
    const captured = new Captured();
    await captured.print('a\nb\n');
    await captured.print('x', 'err');
    await captured.print('c\n');
    await captured.end();
    const lines = iterate(captured, ['out', 'err']);
    await lines.next();
    await lines.return();
    expect(await lines.next()).toMatchObject({ done: true });
  });
});

describe('iterateChunks', () => {
  it('gives decoded chunks with stream and time, and the rest of a broken character at the end', async () => {
    const captured = new Captured();
    await captured.print(Buffer.from([0x61, 0xe2]));
    await captured.print('e', 'err');
    await captured.end();
    const chunks = [];
    for await (const chunk of iterateChunks(captured.capture, 'utf8', ['out', 'err'])) {
      chunks.push(chunk);
    }
    expect(chunks).toEqual([
      { type: 'out', chunk: 'a', at: expect.any(Number) },
      { type: 'err', chunk: 'e', at: expect.any(Number) },
      { type: 'out', chunk: '\ufffd', at: expect.any(Number) },
    ]);
  });
});
