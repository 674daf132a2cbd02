import { describe, expect, it } from '@jest/globals';
import { RingBuffer } from '../../../src/kernel/ring-buffer.js';

describe('The last of many', () => {
  it.each([
    [0, []],
    [2, [1, 2]],
    [3, [1, 2, 3]],
    [4, [2, 3, 4]],
    [6, [4, 5, 6]],
    [8, [6, 7, 8]],
  ])('are kept in their order: of %i at most 3', (many, kept) => {
    const last = new RingBuffer<number>(3);
    for (let item = 1; item <= many; item += 1) last.add(item);
    expect([...last]).toEqual(kept);
    expect(last.size).toBe(kept.length);
  });

  it('begin anew once they are cleared', () => {
    const last = new RingBuffer<number>(2);
    for (const item of [1, 2, 3]) last.add(item);
    last.clear();
    expect([last.size, ...last]).toEqual([0]);
    for (const item of [4, 5, 6]) last.add(item);
    expect([...last]).toEqual([5, 6]);
  });
});
