import { isDeepStrictEqual } from 'node:util';
import { showValue } from '@proc/core/essentials';
import { refuse } from '../hub/fault-signal.js';
import type { SharedValueType } from '../shared/value-bits.js';

/** How the values of a type are checked, added and compared. */
export interface ValueRules {
  readonly initial: unknown;
  /** The value as it is kept. @throws {@link FaultSignal} when it is none of this type */
  read(value: unknown): unknown;
  /** @throws {@link FaultSignal} where the type knows no sums, or the sum is none of it any more */
  add(value: unknown, by: unknown): unknown;
  equal(value: unknown, other: unknown): boolean;
}

const I32 = 2 ** 31;
const I64 = 2n ** 63n;

const noSum = (): never => refuse('Only a value that is a number can be incremented.');

/** By name. The types of one letter are those of Python's `ctypes` codes, as PyProcessor takes them. */
export const VALUE_TYPES: Readonly<
  Record<string, ValueRules> & Record<SharedValueType, ValueRules>
> = withCodes({
  i32: numeric(0, readI32, (value, by) => value + by),
  i64: numeric(0n, readI64, (value, by) => value + by),
  f64: numeric(0, readF64, (value, by) => value + by),
  bool: {
    initial: false,
    read: (value) => (typeof value === 'boolean' ? value : wrong('true or false', value)),
    add: noSum,
    equal: Object.is,
  },
  json: { initial: null, read: (value) => value, add: noSum, equal: isDeepStrictEqual },
});

function withCodes(types: Record<'i32' | 'i64' | 'f64' | 'bool' | 'json', ValueRules>) {
  return { ...types, i: types.i32, d: types.f64, b: types.bool };
}

function numeric<T>(
  initial: T,
  read: (value: unknown) => T,
  sum: (value: T, by: T) => T,
): ValueRules {
  return {
    initial,
    read,
    add: (value, by) => read(sum(read(value), read(by))),
    equal: (value, other) => Object.is(value, read(other)),
  };
}

function readI32(value: unknown): number {
  const fits = Number.isInteger(value) && (value as number) >= -I32 && (value as number) < I32;
  // Not -0, which equals 0 and yet is another.
  return fits ? (value as number) + 0 : wrong('a whole number of 32 bits', value);
}

function readI64(value: unknown): bigint {
  const number = Number.isSafeInteger(value) ? BigInt(value as number) : value;
  const fits = typeof number === 'bigint' && number >= -I64 && number < I64;
  return fits ? number : wrong('a whole number of 64 bits', value);
}

function readF64(value: unknown): number {
  return typeof value === 'number' ? value : wrong('a number', value);
}

function wrong(what: string, value: unknown): never {
  return refuse(`The value must be ${what}, not ${showValue(value)}.`);
}
