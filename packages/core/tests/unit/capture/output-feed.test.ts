import { describe, expect, it } from '@jest/globals';
import { OutputFeed } from '../../../src/capture/output-feed.js';
import type { OutputType } from '../../../src/contracts/output-callback.js';
import { Captured, settled } from '../../support/captured.js';

const BOTH: readonly OutputType[] = ['out', 'err'];

async function rest(feed: OutputFeed): Promise<readonly string[]> {
  const chunks: string[] = [];
  for await (const { type, bytes } of feed) chunks.push(`${type}:${bytes.toString()}`);
  return chunks;
}

describe('OutputFeed', () => {
  it('begins with the past, in the order in which both streams arrived', async () => {
    const captured = new Captured();
    for (const [text, type] of [
      ['a', 'out'],
      ['b', 'err'],
      ['c', 'err'],
      ['d', 'out'],
    ] as const) {
      await captured.print(text, type);
    }
    const feed = new OutputFeed(captured.capture, BOTH);
    await captured.print('e');
    await captured.end();
    expect(await rest(feed)).toEqual(['out:a', 'err:bc', 'out:d', 'out:e']);
  });

  it('shows only the streams that were asked for', async () => {
    const captured = new Captured();
    await captured.print('a');
    await captured.print('b', 'err');
    const feed = new OutputFeed(captured.capture, ['err']);
    await captured.print('c');
    await captured.print('d', 'err');
    await captured.end();
    expect(await rest(feed)).toEqual(['err:b', 'err:d']);
  });

  it('begins at any byte', async () => {
    const captured = new Captured();
    await captured.print('abc');
    await captured.print('de');
    await captured.end();
    for (let out = 0; out <= 5; out++) {
      const chunks = await rest(new OutputFeed(captured.capture, BOTH, { out, err: 0 }));
      expect(chunks).toEqual(out === 5 ? [] : [`out:${'abcde'.slice(out)}`]);
    }
  });

  it('tells the position after each chunk', async () => {
    const captured = new Captured();
    await captured.print('abc');
    const feed = new OutputFeed(captured.capture, BOTH);
    await captured.print('de');
    await captured.print('f', 'err');
    const positions = [];
    for (let index = 0; index < 3; index++) positions.push((await feed.next()).value?.to);
    expect(positions).toEqual([3, 5, 1]);
    await feed.return();
  });

  it('replays much output in steps', async () => {
    const captured = new Captured();
    await captured.print(Buffer.alloc(200_000, 'x'));
    await captured.end();
    const sizes = (await rest(new OutputFeed(captured.capture, BOTH))).map(
      (text) => text.length - 4,
    );
    expect(sizes).toEqual([65_536, 65_536, 65_536, 3392]);
  });

  it('leaves out what is not kept', async () => {
    const captured = new Captured({ stdout: { policy: 'tail', limit: 2, file: null } });
    await captured.print('abcd');
    await captured.end();
    expect(await rest(new OutputFeed(captured.capture, BOTH))).toEqual(['out:cd']);
  });

  it('holds the process back when too much waits, and lets go when enough was read', async () => {
    const captured = new Captured();
    const feed = new OutputFeed(captured.capture, BOTH);
    const piece = Buffer.alloc(600 * 1024);
    await captured.print(piece);
    expect(captured.capture.heldBack).toBe(false);
    await captured.print(piece);
    expect(captured.capture.heldBack).toBe(true);
    while (captured.capture.heldBack) {
      expect((await feed.next()).done).toBe(false);
      await settled();
    }
    await feed.return();
  });

  it('lets go when its reader leaves', async () => {
    const captured = new Captured();
    const feed = new OutputFeed(captured.capture, BOTH);
    await captured.print(Buffer.alloc(2 * 1024 * 1024));
    await feed.return();
    await settled();
    expect(captured.capture.heldBack).toBe(false);
  });

  it('wakes a reader that waits when it is closed', async () => {
    const captured = new Captured();
    const feed = new OutputFeed(captured.capture, BOTH);
    const waiting = feed.next();
    await feed.return();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });

  it('gives nothing more once its reader has left', async () => {
    const captured = new Captured();
    await captured.print('a');
    await captured.print('b', 'err');
    const feed = new OutputFeed(captured.capture, BOTH);
    expect((await feed.next()).done).toBe(false);
    await feed.return();
    expect((await feed.next()).done).toBe(true);
  });
});
