import { decodeError } from '../../errors/decode-error.js';
import { itemSource } from '../flow/item-source.js';
import type { Segment } from '../flow/segment.js';
import type { ItemFailures } from '../item-failures.js';
import { ParallelRun } from '../parallel-run.js';
import { startFlow } from '../start-flow.js';
import type { Operation } from './operation.js';

/** What the function gives for each item; a place that holds nothing stays so. */
export function mapItems({ items, ...start }: Operation): ParallelRun<unknown> {
  const { options, failures } = start;
  const source = itemSource(items, 'skip');
  const settled = options.onError === 'settle';
  const read = (segment: Segment): readonly unknown[] =>
    settled ? settledResults(segment, failures) : results(segment);
  return new ParallelRun((sink) =>
    startFlow(
      { mode: 'map', source, ...start },
      {
        settled: (segment) => {
          sink.add({
            results: read(segment),
            items: segment.values.length,
            ...(options.ordered && { at: segment.first }),
          });
        },
        ended: () => {
          sink.end(options.ordered && source.length !== undefined ? { length: source.length } : {});
        },
        failed: (error) => {
          sink.end({ error });
        },
      },
    ),
  );
}

function results({ response }: Segment): readonly unknown[] {
  return response?.results ?? [];
}

function settledResults(
  segment: Segment,
  failures: ItemFailures,
): readonly PromiseSettledResult<unknown>[] {
  const { response, failure, first, last, values } = segment;
  if (failure !== undefined) {
    const reason = failures.of(first, failure.thrown, last);
    return values.map(() => ({ status: 'rejected', reason }));
  }
  const failed = new Map(response?.failures);
  return results(segment).map((value, position) => {
    const envelope = failed.get(position);
    if (envelope === undefined) return { status: 'fulfilled', value };
    const reason = failures.of(first + position, decodeError(envelope));
    return { status: 'rejected', reason };
  });
}
