import { describe, expect, it } from '@jest/globals';
import type { TaskContext } from '../../src/contracts/task-context.js';
import { makePool, REAL_KINDS } from '../support/pools.js';

describe.each(REAL_KINDS)('A new worker of the kind %s', (kind) => {
  it('has loaded nothing of the core packages, nor any error, by its first task', async () => {
    const pool = makePool(kind, { size: 1 });
    const loaded = await pool.run((context: TaskContext) => Object.keys(context.require.cache));
    expect(loaded).toContainEqual(expect.stringMatching(/worker-runtime\.ts$/));
    const wanted = loaded.filter((file) => /(core|ipc).src|-errors?\.ts$/.test(file));
    expect(wanted.map((file) => file.replace(/^.*[\\/]/, ''))).toEqual(['late-errors.ts']);
  });
});
