import { decodeError } from '../../errors/decode-error.js';
import { ItemFailedError } from '../../errors/item-failed-error.js';
import { itemSource } from '../flow/item-source.js';
import type { Segment } from '../flow/segment.js';
import { ParallelRun } from '../parallel-run.js';
import { startFlow } from '../start-flow.js';
import type { Operation } from './operation.js';

/** What the function gives for each item; a place that holds nothing stays so. */
export function mapItems({ items, ...start }: Operation): ParallelRun<unknown> {
  const { options } = start;
  const source = itemSource(items, 'skip');
  const read = options.onError === 'settle' ? settledResults : results;
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

function settledResults(segment: Segment): readonly PromiseSettledResult<unknown>[] {
  const { response, failure, first, last, values } = segment;
  if (failure !== undefined) {
    const reason = new ItemFailedError(first, failure.thrown, last);
    return values.map(() => ({ status: 'rejected', reason }));
  }
  const failures = new Map(response?.failures);
  return results(segment).map((value, position) => {
    const envelope = failures.get(position);
    if (envelope === undefined) return { status: 'fulfilled', value };
    const reason = new ItemFailedError(first + position, decodeError(envelope));
    return { status: 'rejected', reason };
  });
}
