import { describe, expect, test } from '@jest/globals';
import { isSupported } from '../../../src/parallel/support.js';

describe('support', () => {
  test('is there for every kind, unless Node was told otherwise', () => {
    expect((['process', 'thread', 'inline'] as const).map((type) => isSupported(type))).toEqual([
      true,
      true,
      true,
    ]);
    const onlyThreads = (scope: string) => scope === 'worker';
    expect(isSupported('process', onlyThreads)).toBe(false);
    expect(isSupported('thread', onlyThreads)).toBe(true);
    expect(isSupported('inline', () => false)).toBe(true);
  });
});
