import { OURS } from '../contenders/names.mjs';
import { performance } from 'node:perf_hooks';
import { expectEqual } from '../probe/timed.mjs';

const TRUE = ['/bin/true'];

export const poolOfMany = {
  name: 'pool',
  title: 'A pool of 1,000 runs of `/bin/true`, 8 at a time',
  contenders: [
    'ours',
    'child_process',
    'execa',
    'tinyexec',
    'nano-spawn',
    'zx',
    'GNU parallel',
    'xargs',
    'posix_spawn in C',
  ],
  labels: {
    child_process: 'child_process and p-limit',
    execa: 'execa and p-limit',
    xargs: 'xargs -P 8',
  },
  reference: 'xargs',
  rounds: 5,
  // The first pool of a program is apart. Then all run pools for as long, by time.
  size: {
    full: { count: 1000, width: 8, warmUpMs: 5000 },
    quick: { count: 16, width: 8, warmUpMs: 1 },
  },
  figures: ['wallMs', 'firstPoolMs', 'cpuMsPerRun', 'peakMb'],
  async measure({ contender, size: { count, width, warmUpMs }, timed }) {
    const pool = async () => {
      const { value, sample } = await timed(() => contender.pool(TRUE, { count, width }));
      expectEqual(value, count, 'number of successes');
      return sample;
    };
    const { wallMs: firstPoolMs } = await pool();
    const warm = performance.now() + warmUpMs;
    while (performance.now() < warm) await pool();
    const sample = await pool();
    return { ...sample, firstPoolMs, cpuMsPerRun: sample.cpuMs / count };
  },
  goals: [
    ...OURS.flatMap((of) => [
      { text: `${of}: faster than execa with p-limit`, of, within: 1, than: 'execa' },
      { text: `${of}: faster than GNU parallel`, of, within: 1, than: 'GNU parallel' },
    ]),
    {
      text: '`posix` driver within 1.3 of `xargs -P 8`',
      of: '@proc, posix',
      within: 1.3,
      than: 'xargs',
      floors: ['posix_spawn in C'],
    },
  ],
  losing:
    '`xargs` and the loop in C keep no result and start programs by `vfork` or `posix_spawn`; Node forks the whole ' +
    'process and makes a stream for each output.',
};

export const fewDescriptors = {
  name: 'few-descriptors',
  title: '200 entries, 50 at a time, where a process may open only 64 files (`ulimit -n 64`)',
  contenders: ['ours', 'child_process', 'execa', 'tinyexec', 'nano-spawn', 'zx'],
  reference: 'child_process',
  rounds: 3,
  before: 'ulimit -n 64',
  size: { full: { count: 200, width: 50 }, quick: { count: 60, width: 50 } },
  figures: ['wallMs'],
  async measure({ contender, size, timed }) {
    const { value, sample } = await timed(() => contender.pool(TRUE, size));
    expectEqual(value, size.count, 'number of successes');
    return sample;
  },
  goals: OURS.map((of) => ({ text: `${of}: completes all entries`, of })),
  losing: 'Waiting until a descriptor is free takes longer than to fail.',
};
