import { performance } from 'node:perf_hooks';
import { isOurs } from './contenders.mjs';
import { probe } from './probe.mjs';
import { summarise } from './statistics.mjs';

/** For all rounds of one case; the last may end a little later. */
const BUDGET_MS = 33_000;

/**
 * Measures a case: in every round each contender once, in turn, so that a change of the machine's pace meets them all.
 * Who fails once is not measured again.
 */
export async function measureCase(found, contenders, { rounds, size }) {
  const rows = contenders.map((descriptor) => ({
    descriptor,
    samples: [],
    failure: descriptor.missing,
  }));
  const began = performance.now();
  let done = 0;
  // On a slow machine fewer rounds are made, so that the whole ends in bearable time: none that would pass the budget.
  const another = () => (performance.now() - began) * (done + 1) <= BUDGET_MS * done;
  while (done < rounds && (done === 0 || another())) {
    done++;
    for (const row of rows) {
      if (row.failure !== undefined) continue;
      const { sample, failure } = await probe(found, row.descriptor, size);
      if (failure === undefined) row.samples.push(sample);
      else row.failure = failure;
    }
  }
  return {
    name: found.name,
    title: found.title,
    size,
    rounds: done,
    rows: rows.map(({ descriptor, samples, failure }) => ({
      name: descriptor.name,
      label: descriptor.label ?? descriptor.name,
      ours: isOurs(descriptor),
      failure,
      figures: failure === undefined ? summarise(samples) : {},
    })),
  };
}
