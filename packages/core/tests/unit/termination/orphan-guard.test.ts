import { describe, expect, it } from '@jest/globals';
import { orphanGuard } from '../../../src/termination/orphan-guard.js';

describe('the guard of orphans', () => {
  it.each([0, 1, -1])('guards no group %d, which would be everybody or ourselves', (group) => {
    const listeners = process.listenerCount('exit');
    const release = orphanGuard.protect(group);
    expect(process.listenerCount('exit')).toBe(listeners);
    expect(orphanGuard.living()).toEqual([]);
    release();
    expect(process.listenerCount('exit')).toBe(listeners);
  });
});
