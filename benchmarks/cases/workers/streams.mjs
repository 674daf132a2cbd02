import { expectEqual } from '../../probe/timed.mjs';
import { ours, SERIAL, team } from './teams.mjs';

async function* numbers(count) {
  for (let number = 0; number < count; number++) yield number;
}

/** Takes one result after the other, in order. */
async function consume({ stream }, count) {
  let next = 0;
  for await (const number of stream('same', numbers(count))) expectEqual(number, next++, 'result');
  expectEqual(next, count, 'number of results');
}

const peakMb = () => process.resourceUsage().maxRSS / 1024;

export const streamOfMany = {
  name: 'stream',
  title: '1 million items of an async iterable, through 2 workers and back in order, one by one',
  contenders: [
    SERIAL,
    ours('thread'),
    ours('process'),
    ...['piscina', 'tinypool', 'poolifier'].map((name) => team(name, 'thread')),
  ],
  reference: '@proc, threads',
  // It is the memory that counts, and one round shows that.
  rounds: 1,
  size: { full: { count: 1_000_000 }, quick: { count: 2000 } },
  figures: ['wallMs', 'peakMb', 'growthMb'],
  async measure({ contender, size: { count }, timed }) {
    await consume(contender, count / 10);
    const before = peakMb();
    const { sample } = await timed(() => consume(contender, count));
    return { ...sample, growthMb: peakMb() - before };
  },
  goals: [ours('thread'), ours('process')].map(({ name: of }) => ({
    text: `${of}: ten times the items need less than 64 MB more`,
    of,
    figure: 'growthMb',
    below: 64,
  })),
  losing: 'The loop has no workers; nothing is computed here that would be worth any.',
};
