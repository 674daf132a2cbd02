import { showValue } from '@proc/core/internal';

/**
 * What `next()` of an iterator has given.
 *
 * @throws {TypeError} when it is no object, as `for … of` does: such an iterator would never end
 */
export function requireStep<Step>(step: Step): Step {
  if (typeof step === 'object' && step !== null) return step;
  throw new TypeError(`next() of an iterator of items has given ${showValue(step)}, no object.`);
}
