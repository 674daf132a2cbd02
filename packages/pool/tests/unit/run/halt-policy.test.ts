import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import type { HaltOptions } from '@proc/pool';
import { HaltPolicy } from '../../../src/run/halt-policy.js';

describe('a halt policy', () => {
  test('by a number is due from that many failures on', () => {
    const policy = new HaltPolicy({ when: 'now', fail: 2 });
    expect(policy.isDue({ failed: 1, ended: 1, total: 1 })).toBe(false);
    expect(policy.isDue({ failed: 2, ended: 9, total: null })).toBe(true);
  });

  test('by a share judges all entries, where their number is known', () => {
    const policy = new HaltPolicy({ when: 'soon', fail: '12.5%' });
    expect(policy.isDue({ failed: 1, ended: 1, total: 9 })).toBe(false);
    expect(policy.isDue({ failed: 1, ended: 1, total: 8 })).toBe(true);
    expect(policy.isDue({ failed: 0, ended: 0, total: 0 })).toBe(false);
  });

  test('by a share judges what has ended, from the third failure on, where it is not', () => {
    const policy = new HaltPolicy({ when: 'soon', fail: '50%' });
    expect(policy.isDue({ failed: 2, ended: 2, total: null })).toBe(false);
    expect(policy.isDue({ failed: 3, ended: 7, total: null })).toBe(false);
    expect(policy.isDue({ failed: 3, ended: 6, total: null })).toBe(true);
  });

  test('counts successes, or whatever has ended, where it is told to', () => {
    const success = new HaltPolicy({ when: 'now', success: 2 });
    expect(success.isDue({ failed: 5, ended: 6, total: 9 })).toBe(false);
    expect(success.isDue({ failed: 5, ended: 7, total: 9 })).toBe(true);
    const done = new HaltPolicy({ when: 'soon', done: '50%' });
    expect(done.isDue({ failed: 1, ended: 3, total: 8 })).toBe(false);
    expect(done.isDue({ failed: 1, ended: 4, total: 8 })).toBe(true);
    expect(done.isDue({ failed: 0, ended: 99, total: null })).toBe(false);
  });

  test.each([
    { when: 'now', success: 0 },
    { when: 'now', done: '200%' },
    { when: 'now', fail: 1, success: 1 },
    { when: 'now', fail: 0 },
    { when: 'now', fail: 1.5 },
    { when: 'now', fail: '0%' },
    { when: 'now', fail: '101%' },
    { when: 'now', fail: '5' },
    { when: 'now' },
    { when: 'later', fail: 1 },
    { fail: 1 },
    { when: 'now', fail: 1, after: 3 },
    [],
    null,
  ])('is refused as %j', (options) => {
    expect(() => new HaltPolicy(options as HaltOptions)).toThrow(InvalidArgumentError);
  });
});
