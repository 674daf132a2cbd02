import { OURS } from '../contenders/names.mjs';
import { expectEqual } from '../probe/timed.mjs';

const GIB = 2 ** 30;
const bytesThrough = (bytes) => [['head', '-c', String(bytes), '/dev/zero'], ['cat'], ['wc', '-c']];

export const streaming = {
  name: 'streaming',
  title: '2 GiB through `head -c | cat | wc -c`, streaming',
  contenders: ['ours', 'bash', 'child_process', 'execa', 'nano-spawn'],
  labels: {
    child_process: "Node's own .pipe()",
    execa: "execa's .pipe()",
    'nano-spawn': "nano-spawn's .pipe()",
  },
  reference: 'bash',
  rounds: 5,
  size: { full: { bytes: 2 * GIB }, quick: { bytes: 2 ** 20 } },
  figures: ['wallMs', 'cpuPercent', 'peakMb'],
  async measure({ contender, size: { bytes }, timed }) {
    await contender.pipe(bytesThrough(1024));
    const { value, sample } = await timed(() => contender.pipe(bytesThrough(bytes)));
    expectEqual(value.successful, true, 'success');
    expectEqual(value.text.trim(), String(bytes), 'output');
    return { ...sample, cpuPercent: (100 * sample.cpuMs) / sample.wallMs };
  },
  goals: OURS.flatMap((of) => [
    { text: `${of}: within 1.15 of bash`, of, within: 1.15, than: 'bash' },
    { text: `${of}: parent CPU under 5 % of the wall time`, of, figure: 'cpuPercent', below: 5 },
  ]),
  losing:
    'The stages are the same programs over kernel pipes as in bash, but each in a session of its own, and Linux shares the processor out by session (autogroup), which costs them time. The pipes of `posix` hold four times as much, which makes up for it.',
};

export const sequential = {
  name: 'sequential',
  title: '2 GiB through `head -c | cat | wc -c`, one stage after the other',
  contenders: ['ours'],
  reference: '@proc, node',
  rounds: 2,
  size: { full: { bytes: 2 * GIB }, quick: { bytes: 2 ** 22 } },
  figures: ['wallMs', 'cpuPercent', 'peakMb'],
  async measure({ contender, size: { bytes }, timed }) {
    const { value, sample } = await timed(() => contender.pipeSequentially(bytesThrough(bytes)));
    expectEqual(value.successful, true, 'success');
    expectEqual(value.text.trim(), String(bytes), 'output');
    return { ...sample, cpuPercent: (100 * sample.cpuMs) / sample.wallMs };
  },
  goals: OURS.map((of) => ({
    text: `${of}: memory under 150 MB`,
    of,
    figure: 'peakMb',
    below: 150,
  })),
};

const YES = [['yes'], ['head', '-n', '1']];

export const earlyReader = {
  name: 'early-reader',
  title: '`yes | head -n 1`',
  contenders: ['ours', 'bash', 'child_process', 'execa', 'nano-spawn'],
  reference: 'bash',
  rounds: 5,
  size: { full: {}, quick: {} },
  figures: ['wallMs'],
  async measure({ contender, timed }) {
    const { value, sample } = await timed(() => contender.pipe(YES));
    expectEqual(value.successful, true, 'success');
    expectEqual(value.text.trim(), 'y', 'output');
    if (contender.strictPipe !== undefined) {
      const { failedStage } = await contender.strictPipe(YES);
      expectEqual(failedStage, 0, "stage that failed with pipefail('strict')");
    }
    return sample;
  },
  goals: OURS.map((of) => ({
    text: `${of}: succeeds under 300 ms, strict names the writer`,
    of,
    figure: 'wallMs',
    below: 300,
  })),
  losing: 'The first pipeline of a program is measured: what a driver loads, it loads here.',
};

const startUp = (stages) => ({
  name: `start-up-${stages}`,
  quickly: stages === 2 ? 'ours' : 'all',
  title: `Start-up of a streaming pipeline of ${stages} stages: \`echo x | cat …\``,
  contenders: ['ours', 'bash', 'child_process', 'execa', 'nano-spawn'],
  reference: 'bash',
  rounds: 5,
  size: { full: { count: 10 }, quick: { count: 1 } },
  figures: ['msPerRun', 'cpuMsPerRun'],
  async measure({ contender, size: { count }, timed }) {
    const line = [['echo', 'x'], ...Array.from({ length: stages - 1 }, () => ['cat'])];
    const once = async () => {
      const { successful, text } = await contender.pipe(line);
      expectEqual(successful, true, 'success');
      expectEqual(text.trim(), 'x', 'output');
    };
    await once();
    const { sample } = await timed(async () => {
      for (let n = 0; n < count; n++) await once();
    });
    return { msPerRun: sample.wallMs / count, cpuMsPerRun: sample.cpuMs / count };
  },
  goals: [],
  losing:
    'bash forks a process of 4 MB where Node forks one of 80 MB, and has no results of stages to make.',
});

export const startOfTwo = startUp(2);
export const startOfTen = startUp(10);
