import { performance } from 'node:perf_hooks';
import { isOurs } from './contenders.mjs';
import { probe } from './probe.mjs';
import { summarise } from './statistics.mjs';

/** For all rounds of one case, beyond the fewest; the last may end a little later. */
const BUDGET_MS = 60_000;
/** No median is told from less, where the case itself does not say that one round is enough. */
const FEWEST = 3;

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
  const least = Math.min(rounds, FEWEST);
  const another = () => (performance.now() - began) * (done + 1) <= BUDGET_MS * done;
  while (done < rounds && (done < least || another())) {
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
