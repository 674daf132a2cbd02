import { describe, expect, it } from '@jest/globals';
import { SerialCallback } from '../../../src/run/serial-callback.js';

describe('SerialCallback', () => {
  it('calls once at a time, in order, and at once as long as nothing is awaited', async () => {
    const calls: string[] = [];
    let release!: () => void;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const callback = new SerialCallback((_type, chunk) => {
      calls.push(chunk);
      return chunk === 'slow' ? gate : undefined;
    });

    expect(callback.call('out', 'quick', 0)).toBeUndefined();
    const slow = callback.call('out', 'slow', 0);
    const next = callback.call('err', 'next', 1);
    expect(calls).toEqual(['quick', 'slow']);
    release();
    await Promise.all([slow, next]);

    expect(calls).toEqual(['quick', 'slow', 'next']);
    expect(callback.call('out', 'last', 0)).toBeUndefined();
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['rejects', () => Promise.reject(new Error('no'))],
  ])('tells the one it failed for when it %s, and is not called again', async (_how, fail) => {
    let calls = 0;
    const callback = new SerialCallback(() => {
      calls += 1;
      return fail();
    });

    await expect(async () => callback.call('out', 'a', 0)).rejects.toThrow('no');
    await callback.call('out', 'b', 1);

    expect(calls).toBe(1);
  });
});
