import type { Segment } from '../flow/segment.js';
import type { RunDriver } from '../parallel-run.js';
import { type FlowStart, startFlow } from '../start-flow.js';

/**
 * Runs to the end, or until `take` says that the rest no longer matters.
 *
 * @param take - gets what came, in order if that was asked for
 */
export async function completeFlow(
  start: FlowStart,
  take: (segment: Segment) => 'more' | 'enough',
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const driver: RunDriver = startFlow(start, {
      settled: (segment) => {
        if (take(segment) === 'more') driver.taken(segment.values.length);
        else driver.close().then(resolve, reject);
      },
      ended: resolve,
      failed: reject,
    });
  });
}
