import { performance } from 'node:perf_hooks';
import { expectEqual } from '../../probe/timed.mjs';
import { all, team } from './teams.mjs';

const IN_FLIGHT = 64;

/** Tasks that do nothing, so many at a time, as long as it is to go on. */
async function dispatch({ run }, goesOn) {
  let number = 0;
  const lane = async () => {
    while (goesOn(number)) {
      const own = number++;
      expectEqual(await run('same', own), own, 'result');
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane));
}

const dispatchTo = (type, { kinds, further, count }) => ({
  name: `dispatch-${type}`,
  title: `Tasks that do nothing, ${IN_FLIGHT} in flight, 2 ${kinds}`,
  contenders: [...all(type), ...further],
  reference: `tinypool, ${kinds}`,
  rounds: 5,
  // By time, so that all have run for as long when it counts: who takes many tasks is no better warmed up by that.
  size: { full: { count, warmUpMs: 1000 }, quick: { count: 200, warmUpMs: 20 } },
  figure: 'usPerTask',
  figures: ['usPerTask', 'cpuUsPerTask', 'peakMb'],
  async measure({ contender, size: { count, warmUpMs }, timed }) {
    const warm = performance.now() + warmUpMs;
    await dispatch(contender, () => performance.now() < warm);
    const { sample } = await timed(() => dispatch(contender, (begun) => begun < count));
    const perTask = (ms) => (ms * 1000) / count;
    return { ...sample, usPerTask: perTask(sample.wallMs), cpuUsPerTask: perTask(sample.cpuMs) };
  },
  goals: [
    {
      text: 'at least 3 times as many as the best peer',
      of: `@proc, ${kinds}`,
      within: 1 / 3,
      than: 'best',
    },
  ],
});

/** Without `Atomics.wait`, and with many tasks at once in each thread: what suits many that are short. */
const tuned = team('piscina', 'thread', {
  name: 'piscina without atomics, 32 at once',
  options: { atomics: 'disabled', concurrentTasksPerWorker: 32 },
});

export const dispatchToThreads = dispatchTo('thread', {
  kinds: 'threads',
  further: [tuned],
  count: 60_000,
});

export const dispatchToProcesses = dispatchTo('process', {
  kinds: 'processes',
  further: [],
  count: 40_000,
});
