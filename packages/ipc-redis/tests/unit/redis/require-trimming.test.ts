import { describe, expect, it } from '@jest/globals';
import type { Redis } from 'ioredis';
import { requireTrimming } from '../../../src/redis/require-trimming.js';

describe('A Redis that removes nothing that has been read', () => {
  it('is refused with its own words, and with what is needed', async () => {
    const redis = { xtrim: () => Promise.reject(new Error('ERR syntax error')) };

    await expect(requireTrimming(redis as unknown as Redis, 'key')).rejects.toThrow(
      'Redis 6.2 or later is needed, and a user who may use XTRIM: ERR syntax error',
    );
  });
});
