import { performance } from 'node:perf_hooks';
import { repeatedly, timed } from '../probe/timed.mjs';

const TRUE = ['/bin/true'];

const shortRuns = ({ name, title, width, goals }) => ({
  name,
  title,
  contenders: [
    'ours',
    'child_process',
    'execa',
    'tinyexec',
    'nano-spawn',
    'zx',
    'posix_spawn in C',
    'posix_spawn from Node',
  ],
  reference: 'child_process',
  rounds: 5,
  quickly: width === 1 ? 'ours' : 'all',
  // What is loaded and compiled late is apart: the first run, and those right after it. Then all run for as long, by time.
  size: { full: { count: 300, warmUpMs: 10_000 }, quick: { count: 8, warmUpMs: 1 } },
  figures: ['msPerRun', 'cpuMsPerRun', 'earlyMsPerRun', 'firstMs'],
  async measure({ contender, size: { count, warmUpMs } }) {
    const run = (times) =>
      contender.run === undefined
        ? contender.pool(TRUE, { count: times, width })
        : repeatedly(contender, TRUE, { count: times, width });
    const { sample: first } = await timed(() => run(1));
    const { sample: early } = await timed(() => run(count));
    const warm = performance.now() + warmUpMs;
    while (performance.now() < warm) await run(Math.ceil(count / 10));
    const { sample } = await timed(() => run(count));
    return {
      msPerRun: sample.wallMs / count,
      cpuMsPerRun: sample.cpuMs / count,
      earlyMsPerRun: early.wallMs / count,
      firstMs: first.wallMs,
    };
  },
  goals: [
    {
      text: '`node` driver within 1.25 of raw `child_process`',
      of: '@proc, node',
      within: 1.25,
      than: 'child_process',
    },
    {
      text: '`execa` driver no slower than execa itself',
      of: '@proc, execa',
      within: 1,
      than: 'execa',
    },
    ...goals,
  ],
  losing:
    'A run of ours comes with more than its output: it is observed, ends with all its descendants, can be stopped, ' +
    'leaves nothing behind, and its result says how it ended. `zx` starts a shell for each run; the others start the program alone. ' +
    '`posix_spawn` from Node is what is left to any driver that calls it: its strings are made once, and nothing is looked up, ' +
    'observed, stopped or checked. What a fork of Node costs goes by the memory that the process has written to: ' +
    '20 MB more make a run of `child_process` take 1.5 times as long, 60 MB three times. ' +
    'Ours make twice the garbage of a bare run, and so the heap grows sooner.',
});

const posix = (factor, than) => ({
  text: `\`posix\` driver at least ${factor} times faster than ${than}`,
  of: '@proc, posix',
  within: 1 / factor,
  than,
  floors: ['posix_spawn in C', 'posix_spawn from Node'],
});

export const serialRuns = shortRuns({
  name: 'serial',
  title: 'Short runs of `/bin/true` with captured output, one after the other',
  width: 1,
  goals: [posix(2.2, 'child_process'), posix(4, 'execa')],
});

export const parallelRuns = shortRuns({
  name: 'eight-way',
  title: 'Short runs of `/bin/true` with captured output, 8 at a time',
  width: 8,
  goals: [posix(3, 'child_process'), posix(4, 'execa')],
});
