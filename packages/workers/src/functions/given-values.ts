import { InvalidArgumentError } from '@proc/core';
import { readObject } from '@proc/core/internal';
import { uncloneableError } from '../errors/uncloneable-value-error.js';
import type { WithData } from './task-reference.js';

type Callable = (...args: never[]) => unknown;

/** What was given as `with`: data crosses as a copy, functions as their text. */
export interface GivenValues {
  readonly data: WithData;
  readonly functions: Readonly<Record<string, Callable>>;
}

const known = new WeakMap<object, GivenValues>();

/**
 * Takes apart what was given as `with`, once for each object: later changes of it are not seen.
 *
 * @throws {@link InvalidArgumentError} when it is no plain object
 * @throws {@link UncloneableValueError} naming the value that can not be copied
 */
export function givenValues(given: object): GivenValues {
  let values = known.get(given);
  if (values === undefined) {
    values = splitValues({ ...readObject(given, '`with` is given as') });
    known.set(given, values);
  }
  return values;
}

/** The same for values that were collected, which nobody else has. */
export function splitValues(all: Readonly<Record<string, unknown>>): GivenValues {
  const functions: Record<string, Callable> = {};
  const data: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(all)) {
    if (name === '__proto__') throw new InvalidArgumentError('`with` can not have a __proto__.');
    if (typeof value === 'function') functions[name] = value as Callable;
    else data[name] = value;
  }
  try {
    structuredClone(data);
  } catch (cause) {
    throw uncloneableError('with', data, 'thread', cause);
  }
  return { data: { values: data }, functions };
}
