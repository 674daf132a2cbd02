import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { expectEqual } from '../../probe/timed.mjs';
import { all, ours } from './teams.mjs';

const PATIENCE_MS = 5000;
/** Between two crashes: whoever keeps a worker ready needs the time to start another one. */
const APART_MS = 500;

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
  title: `From a crash (${way}) until the next task has succeeded, a pool of one of the ${kinds}; half a second apart`,
  contenders: [
    ...all(type, { size: 1 }),
    ours(type, { name: '@proc with a spare one', size: 1, spare: 1 }),
  ],
  reference: `workerpool, ${kinds}`,
  rounds: 5,
  size: { full: { crashes: 4, apartMs: APART_MS }, quick: { crashes: 1, apartMs: 0 } },
  figure: 'recoveryMs',
  figures: ['recoveryMs', 'worstRecoveryMs'],
  async measure({ contender, size: { crashes, apartMs } }) {
    await contender.run('same', 1);
    const times = [];
    for (let n = 0; n < crashes; n++) {
      await pause(apartMs);
      times.push(await recovery(contender));
    }
    times.sort((a, b) => a - b);
    return { recoveryMs: times[times.length >> 1], worstRecoveryMs: times.at(-1) };
  },
  goals: ['@proc with a spare one', '@proc'].map((name) => ({
    text: `${name}, ${kinds}: within ${below} ms`,
    of: `${name}, ${kinds}`,
    below,
    figure: 'recoveryMs',
    why: "For the first crash of a pool a worker has to be started, and most of the time is Node's own.",
  })),
  losing:
    'For its first crash a pool starts a new worker, which loads more than that of the best peer.',
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
