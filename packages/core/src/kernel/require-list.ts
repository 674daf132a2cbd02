import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/**
 * The same, if it is a list: the letters of a text are none.
 *
 * @param what - the beginning of the message: "Patterns are given as"
 * @throws {@link InvalidArgumentError} for anything else
 */
export function requireList<T>(value: readonly T[], what: string): readonly T[] {
  const list = value;
  if (Array.isArray(value)) return list;
  throw new InvalidArgumentError(`${what} a list; got ${showValue(value)}.`);
}
