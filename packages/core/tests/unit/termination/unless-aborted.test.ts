import { getEventListeners } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { unlessAborted } from '../../../src/termination/unless-aborted.js';

describe('waiting unless aborted', () => {
  it('gives what the work comes to, and leaves no listener', async () => {
    const { signal } = new AbortController();
    await expect(unlessAborted(Promise.resolve('done'), [signal])).resolves.toBe('done');
    await expect(unlessAborted(Promise.reject(new Error('no')), [signal])).rejects.toThrow('no');
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('gives undefined once any signal aborts, and leaves no listener on the others', async () => {
    const [first, second] = [new AbortController(), new AbortController()];
    const waited = unlessAborted(new Promise(() => undefined), [first.signal, second.signal]);
    second.abort();
    await expect(waited).resolves.toBeUndefined();
    expect(getEventListeners(first.signal, 'abort')).toEqual([]);
  });

  it('waits for nothing when a signal has aborted already', async () => {
    const never = new Promise(() => undefined);
    await expect(unlessAborted(never, [AbortSignal.abort()])).resolves.toBeUndefined();
  });
});
