import { expectEqual } from '../../probe/timed.mjs';
import { all, team } from './teams.mjs';

const IN_FLIGHT = 64;

/** Tasks that do nothing, so many at a time. */
async function dispatch({ run }, count) {
  let left = count;
  const lane = async () => {
    while (left > 0) {
      const number = left--;
      expectEqual(await run('same', number), number, 'result');
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
  size: { full: { count, warmUp: count / 2 }, quick: { count: 200, warmUp: 20 } },
  figure: 'usPerTask',
  figures: ['usPerTask', 'cpuUsPerTask', 'peakMb'],
  async measure({ contender, size: { count, warmUp }, timed }) {
    await dispatch(contender, warmUp);
    const { sample } = await timed(() => dispatch(contender, count));
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
