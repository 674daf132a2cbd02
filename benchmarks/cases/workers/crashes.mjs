import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { expectEqual } from '../../probe/timed.mjs';
import { all } from './teams.mjs';

const PATIENCE_MS = 5000;

/** What a promise comes to, as long as it comes to something. */
async function outcome(promise, what) {
  const settled = promise.then(
    () => 'done',
    () => 'failed',
  );
  const which = await Promise.race([settled, pause(PATIENCE_MS, 'never', { ref: false })]);
  if (which === 'never') throw new Error(`${what} never settled`);
  return which;
}

/** From just before a worker ends itself until the next task has succeeded. */
async function recovery({ run }) {
  const start = performance.now();
  const how = await outcome(run('crash'), 'the task of a crashed worker');
  expectEqual(how, 'failed', 'end of the task of a crashed worker');
  expectEqual(await outcome(run('same', 1), 'the next task'), 'done', 'end of the next task');
  return performance.now() - start;
}

const crashesOf = (type, { kinds, way, below }) => ({
  name: `crash-${type}`,
  title: `From a crash (${way}) until the next task has succeeded, a pool of one of the ${kinds}`,
  contenders: all(type, { size: 1 }),
  reference: `workerpool, ${kinds}`,
  rounds: 5,
  size: { full: { crashes: 10 }, quick: { crashes: 1 } },
  figure: 'recoveryMs',
  figures: ['recoveryMs', 'worstRecoveryMs'],
  async measure({ contender, size: { crashes } }) {
    await contender.run('same', 1);
    const times = [];
    for (let n = 0; n < crashes; n++) times.push(await recovery(contender));
    times.sort((a, b) => a - b);
    return { recoveryMs: times[times.length >> 1], worstRecoveryMs: times.at(-1) };
  },
  goals: [{ text: `within ${below} ms`, of: `@proc, ${kinds}`, below, figure: 'recoveryMs' }],
});

export const crashOfThread = crashesOf('thread', {
  kinds: 'threads',
  way: '`process.exit()` in the thread',
  below: 40,
});

export const crashOfProcess = crashesOf('process', {
  kinds: 'processes',
  way: '`SIGKILL`',
  below: 100,
});
