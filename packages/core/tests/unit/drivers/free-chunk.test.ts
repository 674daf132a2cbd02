import { describe, expect, it } from '@jest/globals';
import { freeChunk } from '../../../src/drivers/free-chunk.js';

const SIZE = 64 * 1024;

describe('freeChunk', () => {
  it('leaves nothing of a chunk that has memory of its own', () => {
    const chunks = [1, 2].map((fill) => Buffer.alloc(SIZE, fill));
    for (const chunk of chunks) freeChunk(chunk);
    expect(chunks.map(({ length, buffer }) => [length, buffer.byteLength])).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('frees it at once, without a collection', () => {
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < 100; count++) freeChunk(Buffer.allocUnsafeSlow(SIZE));
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * SIZE);
  });

  it('leaves a chunk alone that shares its memory', () => {
    const whole = Buffer.alloc(2 * SIZE, 1);
    const shared = Buffer.from(new SharedArrayBuffer(SIZE));
    freeChunk(whole.subarray(0, SIZE));
    freeChunk(whole.subarray(SIZE));
    freeChunk(shared);
    expect([whole.length, shared.length]).toEqual([2 * SIZE, SIZE]);
    expect(whole.every((byte) => byte === 1)).toBe(true);
  });

  it('leaves a small one to the collector, above all those of the pool of Node', () => {
    const chunk = Buffer.from('small');
    freeChunk(chunk);
    freeChunk(Buffer.from(chunk.buffer));
    expect(chunk.toString()).toBe('small');
  });
});
