import { stepsPerMs } from '../../probe/busy.mjs';
import { busy } from '../../fixtures/workers/tasks.cjs';
import { expectEqual } from '../../probe/timed.mjs';
import { all, ours, SERIAL } from './teams.mjs';

const TYPES = ['thread', 'process'];

/** Items that each compute for a while, the same for everybody. */
async function compute(contender, { count, steps }) {
  const results = await contender.map(
    'busy',
    Array.from({ length: count }, () => steps),
  );
  expectEqual(results.length, count, 'number of results');
  expectEqual(results.at(-1), busy(steps), 'result');
}

const mapOf = ({ name, title, contenders, count, itemMs, ...further }) => ({
  name,
  title,
  contenders,
  reference: SERIAL.name,
  rounds: 5,
  quickly: 'ours',
  size: { full: { count, itemMs }, quick: { count: 20, itemMs } },
  figures: ['wallMs', 'cpuMs', 'peakMb'],
  async measure({ contender, size, timed }) {
    const steps = Math.round(size.itemMs * stepsPerMs());
    // Workers are there, and have compiled what they run.
    await compute(contender, { count: Math.ceil(size.count / 4), steps });
    const { sample } = await timed(() => compute(contender, { count: size.count, steps }));
    return sample;
  },
  ...further,
});

const mine = TYPES.flatMap((type) => ours(type));

export const mapOfShort = mapOf({
  name: 'map-short',
  title: 'A map of 20,000 items that compute for 5 µs each, 2 workers',
  contenders: [
    SERIAL,
    ...mine,
    ...TYPES.map((type) => ours(type, { name: '@proc, each item for itself', chunk: 1 })),
    ...TYPES.flatMap((type) => all(type).slice(1)),
  ],
  count: 20_000,
  itemMs: 0.005,
  goals: mine.flatMap(({ name: of }) => [
    { text: `${of}: faster than the loop`, of, within: 1, than: SERIAL.name },
    {
      text: `${of}: faster than any peer's task for each item`,
      of,
      within: 1,
      than: 'best',
      but: SERIAL.name,
    },
  ]),
});

export const mapOfLong = mapOf({
  name: 'map-long',
  title: 'A map of 1,000 items that compute for 1 ms each, 2 workers',
  contenders: [SERIAL, ...TYPES.flatMap((type) => all(type))],
  count: 1000,
  itemMs: 1,
  goals: mine.map(({ name: of }) => ({
    text: `${of}: at least 1.8 times as fast as the loop`,
    of,
    within: 1 / 1.8,
    than: SERIAL.name,
  })),
});
