import { itemSource } from '../flow/item-source.js';
import { ParallelRun } from '../parallel-run.js';
import { startFlow } from '../start-flow.js';
import type { Operation } from './operation.js';

/** The items that the function says yes to: those themselves, not copies. */
export function filterItems({ items, ...start }: Operation): ParallelRun<unknown> {
  const source = itemSource(items, 'skip');
  return new ParallelRun((sink) =>
    startFlow(
      { mode: 'filter', source, ...start },
      {
        settled: ({ response, values }) => {
          const kept = response?.kept ?? [];
          sink.add({ results: kept.map((position) => values[position]), items: values.length });
        },
        ended: () => {
          sink.end({});
        },
        failed: (error) => {
          sink.end({ error });
        },
      },
    ),
  );
}
