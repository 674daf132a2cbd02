import { performance } from 'node:perf_hooks';
import { stepsPerMs } from '../../probe/busy.mjs';
import { all, SIZE } from './teams.mjs';

const TIMEOUT_MS = 200;
const LANES = 4;

/** Goes on with short tasks until it is stopped; counts those that succeed, and those that are lost. */
function others({ run }) {
  const counts = { done: 0, lost: 0, lastAt: 0 };
  const steps = Math.round(stepsPerMs());
  let going = true;
  const lane = async () => {
    while (going) {
      await run('busy', steps).then(
        () => {
          counts.done++;
          counts.lastAt = performance.now();
        },
        () => counts.lost++,
      );
    }
  };
  const lanes = Array.from({ length: LANES }, lane);
  const stop = async () => {
    going = false;
    await Promise.all(lanes);
  };
  return { counts, stop };
}

async function ended(promise) {
  const how = await promise.then(
    () => 'done',
    () => 'stopped',
  );
  if (how === 'done') throw new Error('a loop without an end has ended');
}

const timeoutsOf = (type, kinds) => ({
  name: `timeout-${type}`,
  title:
    `Loops without an end, stopped by a timeout of ${TIMEOUT_MS} ms while other tasks go on: ` +
    `2 ${kinds}, of which first one is stuck, then both`,
  // jest-worker stops nothing; poolifier rejects, and leaves the loop to itself.
  contenders: all(type, { but: ['jest-worker', 'poolifier'] }),
  reference: `workerpool, ${kinds}`,
  rounds: 3,
  size: { full: { times: 3 }, quick: { times: 1 } },
  figure: 'nextMs',
  figures: ['nextMs', 'lost', 'meanwhile'],
  async measure({ contender, size: { times } }) {
    const stuck = () => ended(contender.runWithin(TIMEOUT_MS, 'spin'));
    await Promise.all(Array.from({ length: SIZE * 8 }, () => contender.run('same', 1)));
    const { counts, stop } = others(contender);
    let meanwhile = 0;
    const next = [];
    for (let n = 0; n < times; n++) {
      const before = counts.done;
      await stuck();
      meanwhile += counts.done - before;
      const start = performance.now();
      await Promise.all([stuck(), stuck()]);
      await contender.run('same', 1);
      next.push(performance.now() - start - TIMEOUT_MS);
    }
    await stop();
    next.sort((a, b) => a - b);
    return { nextMs: next[next.length >> 1], lost: counts.lost, meanwhile: meanwhile / times };
  },
  goals: [
    { text: 'the other tasks lose nothing', of: `@proc, ${kinds}`, figure: 'lost', below: 1 },
  ],
});

export const timeoutOfThread = timeoutsOf('thread', 'threads');
export const timeoutOfProcess = timeoutsOf('process', 'processes');
