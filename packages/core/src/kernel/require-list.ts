import { showValue } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

const isList: (value: unknown) => boolean = Array.isArray;

/**
 * The same, if it is a list: the letters of a text are none.
 *
 * @param what - the beginning of the message: "Patterns are given as"
 * @throws {@link InvalidArgumentError} for anything else
 */
export function requireList<T>(value: readonly T[], what: string): readonly T[] {
  if (isList(value)) return value;
  throw new InvalidArgumentError(`${what} a list; got ${showValue(value)}.`);
}
