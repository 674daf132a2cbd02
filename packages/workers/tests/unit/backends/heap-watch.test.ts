import { describe, expect, it } from '@jest/globals';
import { HeapWatch } from '../../../src/backends/heap-watch.js';

const FATAL =
  'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory\n----- Native stack trace -----\n';

function heard(...pieces: string[]): boolean {
  const watch = new HeapWatch();
  for (const piece of pieces) watch.add(piece);
  return watch.heard;
}

describe('The complaint that a heap is full', () => {
  it('is heard however much follows', () => {
    expect(heard(FATAL, ...Array.from({ length: 100 }, () => ' 1: 0xe46bbe node::x\n'))).toBe(true);
  });

  it('is heard in pieces of any size', () => {
    expect(heard(...Array.from(FATAL))).toBe(true);
    for (let cut = 0; cut <= FATAL.length; cut += 1) {
      expect(heard(FATAL.slice(0, cut), FATAL.slice(cut))).toBe(true);
    }
  });

  it('is not heard where there is none', () => {
    expect(heard('JavaScript heap', ' was out', ' of memory')).toBe(false);
    expect(heard()).toBe(false);
  });
});
