import { didYouMean } from '../command/nearest.js';
import { shorten } from '../diagnostics/show-value.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';

/**
 * A copy of an object of options, without a prototype: only what it says itself is read, each part once.
 *
 * @param what - the begin of the message: "Options are given as"
 * @param known - the keys that it may have; default: any
 * @param hint - what is said of an unknown key in place of the nearest name, where it is not undefined
 * @throws {@link InvalidArgumentError} when it is no object, a list or a map, one that can not be read, or one with an
 *   unknown key
 */
export function readObject<T extends object>(
  value: T,
  what: string,
  known?: readonly string[],
  hint?: (key: string) => string | undefined,
): T {
  const copy = copyOf(value, `${what} an object`);
  if (known === undefined) return copy;
  const unknown = Object.keys(copy).find((key) => !known.includes(key));
  if (unknown === undefined) return copy;
  throw new InvalidArgumentError(
    `Unknown key: "${shorten(unknown)}".${hint?.(unknown) ?? didYouMean(unknown, known)} ` +
      `${what} an object with ${known.join(', ')}.`,
  );
}

function copyOf<T extends object>(value: T, problem: string): T {
  if (typeof value !== 'object' || (value as unknown) === null) {
    throw new InvalidArgumentError(`${problem}.`);
  }
  let copy: T | undefined;
  try {
    // A list or a map would say nothing, or something else than it seems to.
    if (!(Symbol.iterator in value)) copy = Object.assign(Object.create(null) as T, value);
  } catch (cause) {
    throw new InvalidArgumentError(`${problem}, but this one can not be read.`, { cause });
  }
  if (copy === undefined) throw new InvalidArgumentError(`${problem}, not as a list or a map.`);
  return copy;
}
