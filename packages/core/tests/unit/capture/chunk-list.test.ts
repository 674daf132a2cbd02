import { describe, expect, it } from '@jest/globals';
import { ChunkList } from '../../../src/capture/chunk-list.js';

const TEXT = 'abcdefghij';

/** Every way to cut the text into at most three chunks. */
function* cuts(): Generator<readonly string[]> {
  for (let first = 0; first <= TEXT.length; first++) {
    for (let second = first; second <= TEXT.length; second++) {
      yield [TEXT.slice(0, first), TEXT.slice(first, second), TEXT.slice(second)];
    }
  }
}

function listOf(chunks: readonly string[]): ChunkList {
  const list = new ChunkList();
  for (const chunk of chunks) list.append(Buffer.from(chunk));
  return list;
}

describe('ChunkList', () => {
  it('reads any range, however the bytes came', () => {
    for (const chunks of cuts()) {
      const list = listOf(chunks);
      for (let from = 0; from <= TEXT.length; from++) {
        for (let to = from; to <= TEXT.length + 2; to++) {
          expect(list.read(from, to).toString()).toBe(TEXT.slice(from, to));
        }
      }
    }
  });

  it('keeps exactly the last bytes, at their old positions', () => {
    for (const chunks of cuts()) {
      for (let limit = 0; limit <= TEXT.length + 1; limit++) {
        const list = listOf(chunks);
        list.keepLast(limit);
        const kept = Math.min(limit, TEXT.length);
        expect([list.start, list.length, list.end]).toEqual([
          TEXT.length - kept,
          kept,
          TEXT.length,
        ]);
        expect(list.read(0, 99).toString()).toBe(kept === 0 ? '' : TEXT.slice(-kept));
        expect(list.read(8, 9).toString()).toBe(kept < 2 ? '' : TEXT.slice(8, 9));
      }
    }
  });

  it('goes on counting after everything has been cleared', () => {
    const list = listOf(['abc']);
    list.clear();
    list.append(Buffer.from('de'));
    expect([list.start, list.length, list.end]).toEqual([3, 2, 5]);
    expect(list.read(0, 9).toString()).toBe('de');
  });

  it('does not hold an empty chunk', () => {
    const list = listOf(['', '']);
    expect(list.length).toBe(0);
    expect(list.read(0, 1)).toHaveLength(0);
  });
});
