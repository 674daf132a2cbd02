import { endRemains, remainsOf } from '@proc/core/internal';
import { AssertionFailedError } from '../errors/assertion-failed-error.js';
import { describeRemains } from './describe-remains.js';

/**
 * Looks at the end of a test run whether any manager of this process has left real processes running, ends them, so
 * that the run itself can end, and then fails. What was detached does not count.
 *
 * @throws {@link AssertionFailedError} which names pid and command of each
 *
 * @example
 * ```ts
 * afterAll(checkForLeftovers);
 * ```
 */
export async function checkForLeftovers(): Promise<void> {
  const remains = remainsOf().filter(({ virtual }) => !virtual);
  if (remains.length === 0) return;
  const list = describeRemains(remains);
  await endRemains();
  throw new AssertionFailedError(
    `Processes were left running, and have been ended now:\n${list}`,
    [],
    remains.map(({ command }) => command),
  );
}
