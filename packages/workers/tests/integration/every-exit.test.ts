import { describe, expect, it } from '@jest/globals';
import { failure, makePool, REAL_KINDS } from '../support/pools.js';
import { work } from '../support/work.js';

const CRASHED = 'ERR_PROC_WORKER_CRASHED';

/** How a task ends, what does it, and the code of its error. */
const EXITS: readonly (readonly [
  way: string,
  name: string,
  args: readonly unknown[],
  code: string,
])[] = [
  ['throws', 'fail', ['no'], 'E_TEST'],
  ['calls process.exit', 'exit', [0], CRASHED],
  ['is killed by SIGKILL', 'killSelf', [], CRASHED],
  ['returns what can not be cloned', 'uncloneable', [], 'ERR_PROC_UNCLONEABLE_VALUE'],
  ['is given what can not be cloned', 'echo', [() => 1], 'ERR_PROC_UNCLONEABLE_VALUE'],
  ['can not be loaded', 'nonsense', [], 'ERR_PROC_TASK_LOAD'],
];

describe.each(REAL_KINDS)('In a pool of the kind %s', (kind) => {
  // A signal to a thread would be one to this program.
  const exits = EXITS.filter(([, name]) => kind === 'process' || name !== 'killSelf');

  it.each(exits)(
    'a task that %s is rejected, and the next one runs',
    async (_, name, args, code) => {
      const pool = makePool(kind, { size: 1, output: 'ignore' });
      const failed = failure(pool.run(work(name), ...args));
      const next = pool.run(work('add'), 1, 1);
      expect(await failed).toMatchObject({ code });
      expect(await next).toBe(2);
      expect(pool.stats()).toMatchObject({ failed: 1, completed: 1, inFlight: 0, queued: 0 });
    },
  );
});
