import { Buffer } from 'node:buffer';
import { OURS } from '../contenders/names.mjs';
import { expectEqual } from '../probe/timed.mjs';

const GIB = 2 ** 30;
const zeros = (bytes) => ['head', '-c', String(bytes), '/dev/zero'];
const volume = { full: { bytes: GIB }, quick: { bytes: 3 * 2 ** 20 } };

export const capture = {
  name: 'capture',
  title: '1 GiB of output, captured',
  contenders: ['ours', 'child_process', 'execa', 'tinyexec', 'nano-spawn'],
  labels: { child_process: 'child_process, an array of chunks' },
  reference: 'child_process',
  rounds: 3,
  size: volume,
  figures: ['wallMs', 'cpuMs', 'peakMb'],
  async measure({ contender, size: { bytes }, timed }) {
    const { value, sample } = await timed(() => contender.capture(zeros(bytes)));
    expectEqual(value.exitCode, 0, 'exit code');
    expectEqual(value.bytes(), bytes, 'number of bytes');
    return sample;
  },
  goals: OURS.map((of) => ({
    text: `${of}: at least as fast as raw \`child_process\``,
    of,
    within: 1,
    than: 'child_process',
  })),
  losing:
    'Above 1 MiB ours moves output to a file, where the others need memory for all of it: the time is that of writing 1 GiB.',
};

export const discard = {
  name: 'discard',
  title: '1 GiB of output, read and dropped',
  quickly: 'ours',
  contenders: ['ours', 'child_process', 'execa'],
  reference: 'child_process',
  rounds: 5,
  size: volume,
  figures: ['wallMs', 'cpuMs', 'peakMb'],
  async measure({ contender, size: { bytes }, timed }) {
    const { value, sample } = await timed(() => contender.discard(zeros(bytes)));
    expectEqual(value.exitCode, 0, 'exit code');
    return sample;
  },
  goals: [],
  losing: 'Every chunk is looked at for who wants it before it is dropped.',
};

export const lines = {
  name: 'lines',
  title: 'Iterating over 2 million lines',
  contenders: ['ours', 'child_process', 'execa', 'tinyexec', 'nano-spawn', 'zx'],
  labels: { child_process: 'child_process and readline' },
  reference: 'child_process',
  rounds: 5,
  size: { full: { count: 2_000_000 }, quick: { count: 2000 } },
  figures: ['wallMs', 'cpuMs', 'peakMb'],
  async measure({ contender, size: { count }, timed }) {
    const { value, sample } = await timed(() => contender.lines(['seq', String(count)]));
    expectEqual(value, count, 'number of lines');
    return sample;
  },
  goals: OURS.map((of) => ({
    text: `${of}: at least as fast as the best peer`,
    of,
    within: 1,
    than: 'best',
  })),
  losing: 'Ours keeps what was read for the result, also while somebody iterates.',
};

export const input = {
  name: 'input',
  title: '100 MB of input, given as bytes',
  contenders: ['ours', 'child_process', 'execa'],
  reference: 'child_process',
  rounds: 5,
  size: { full: { bytes: 100_000_000 }, quick: { bytes: 100_000 } },
  figures: ['wallMs', 'cpuMs', 'peakMb'],
  async measure({ contender, size: { bytes }, timed }) {
    const given = Buffer.alloc(bytes, 'x');
    const { value, sample } = await timed(() => contender.input(['wc', '-c'], given));
    expectEqual(value.trim(), String(bytes), 'output');
    return sample;
  },
  goals: [],
  losing: 'Ours hands large input on in pieces, with back-pressure.',
};
