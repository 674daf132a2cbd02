import { InvalidArgumentError, showValue } from '@proc/core/essentials';

/**
 * Refuses options that there are not: a misspelt timeout would be one that never comes.
 *
 * @param ignored - keys that say nothing here, and are no mistake
 * @throws {@link InvalidArgumentError} for these, and for what is no object
 */
export function requireKnown(
  what: string,
  options: object,
  known: readonly string[],
  ignored: readonly string[] = [],
): void {
  const given: unknown = options;
  if (typeof given !== 'object' || given === null) {
    throw new InvalidArgumentError(
      `Options of ${what} are given as an object, not ${showValue(given)}.`,
    );
  }
  for (const key in given) {
    if (known.includes(key) || ignored.includes(key)) continue;
    throw new InvalidArgumentError(
      `Unknown option of ${what}: ${showValue(key)}. There are: ${known.join(', ')}.`,
    );
  }
}
