import { stepsPerMs } from '../../probe/busy.mjs';
import { ours } from './teams.mjs';

/** Milliseconds that each of the items computes. */
const LOADS = {
  fixed: { text: '4,000 items of 0.1 ms', items: () => Array.from({ length: 4000 }, () => 0.1) },
  lognormal: { text: '4,000 items of 0.1 ms in the mean, lognormal (σ = 1.5)', items: lognormal },
  'fast-prefix': {
    text: '4,000 items: 3,600 of 0.005 ms, then 400 of 1 ms',
    items: () => Array.from({ length: 4000 }, (_, index) => (index < 3600 ? 0.005 : 1)),
  },
};
const SIZES = [1, 16, 64, 256, 1000];

function lognormal() {
  const sigma = 1.5;
  // The same numbers for everybody.
  let seed = 42;
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return (seed + 0.5) / 2 ** 32;
  };
  const normal = () => Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length: 4000 }, () => 0.1 * Math.exp(sigma * normal() - sigma ** 2 / 2));
}

const chunksOf = ([name, { text, items }]) => ({
  name: `chunks-${name}`,
  title: `Chunks that adapt beside chunks of a size: a map of ${text}, 2 threads`,
  contenders: [
    ours('thread'),
    ...SIZES.map((chunk) => ours('thread', { name: `chunks of ${chunk}`, chunk })),
  ],
  reference: '@proc, threads',
  rounds: 3,
  quickly: 'ours',
  size: { full: { share: 1 }, quick: { share: 0.02 } },
  figures: ['wallMs'],
  async measure({ contender, size: { share }, timed }) {
    const steps = items()
      .filter((_, index) => index % (1 / share) === 0)
      .map((ms) => Math.round(ms * stepsPerMs()));
    await contender.map('busy', steps);
    const { sample } = await timed(() => contender.map('busy', steps));
    return sample;
  },
  goals: [
    {
      text: 'within 15 % of the best size',
      of: '@proc, threads',
      within: 1.15,
      than: 'best',
    },
  ],
  losing: 'The best size is known only afterwards, and is another one for each load.',
});

export const chunks = Object.entries(LOADS).map(chunksOf);
