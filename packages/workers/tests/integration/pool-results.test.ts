import { describe, expect, it } from '@jest/globals';
import { makePool, REAL_KINDS } from '../support/pools.js';
import { work } from '../support/work.js';

/** More than any pipe or socket takes at once. */
const LARGE = 5 * 2 ** 20;

describe.each(REAL_KINDS)('A large result of a worker of the kind %s', (kind) => {
  it('is there although its worker exits right after', async () => {
    const pool = makePool(kind, { size: 1 });
    expect(await pool.run(work<string>('largeThenExit'), LARGE)).toHaveLength(LARGE);
    expect(await pool.run(work('add'), 1, 1)).toBe(2);
  });

  it('is there although its worker exits when it is torn down, or is replaced', async () => {
    const teardown = work('exitingTearDown');
    const pool = makePool(kind, { size: 1, maxTasksPerWorker: 1, teardown });
    const results = [1, 2].map(() => pool.run(work<string>('large'), LARGE));
    for (const result of await Promise.all(results)) expect(result).toHaveLength(LARGE);
  });

  it('is there although its pool is closed', async () => {
    const pool = makePool(kind, { size: 1, teardown: work('exitingTearDown') });
    const result = pool.run(work<string>('large'), LARGE);
    expect(await pool.close()).toEqual({ rejected: 0, forced: [] });
    expect(await result).toHaveLength(LARGE);
  });
});
