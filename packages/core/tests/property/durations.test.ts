import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Duration } from '../../src/contracts/duration.js';
import { InvalidArgumentError } from '../../src/errors/invalid-argument-error.js';
import { parseDuration } from '../../src/measures/parse-duration.js';
import { hostileKeys, hostileOrLarge } from '../support/hostile-values.js';
import { objects, plain, type Sample } from '../support/samples.js';
import { tries } from '../support/tries.js';

const LONGEST = 2 ** 31 - 1;
const UNITS = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const;
const FIELDS = { milliseconds: 1, seconds: 1000, minutes: 60_000, hours: 3_600_000 } as const;

const fields = fc.constantFrom('milliseconds', 'seconds', 'minutes', 'hours', 'days');
const numbers = fc.oneof(fc.double(), fc.integer(), fc.nat(100)).chain((number) => plain(number));
const values: fc.Arbitrary<Sample> = fc.oneof(
  hostileOrLarge,
  numbers,
  fc
    .string({ unit: fc.constantFrom(...'0123456789.-+eE msh_,'.split('')) })
    .chain((text) => plain(text)),
  objects(fc.tuple(fc.oneof(fields, hostileKeys), fc.oneof(numbers, hostileOrLarge))),
);

it('is a time that a timer can wait, or refused with its name', () => {
  const ends = { parsed: 0, refused: 0 };
  fc.assert(
    fc.property(values, (sample) => {
      try {
        const ms = parseDuration(sample.make() as Duration, 'nap');
        expect(ms).toBeGreaterThanOrEqual(0);
        expect(ms).toBeLessThanOrEqual(LONGEST);
        ends.parsed++;
      } catch (error) {
        if (!InvalidArgumentError.is(error)) throw error;
        expect(error.message).toMatch(/^The nap must be [^]{1,250}$/);
        ends.refused++;
      }
    }),
    tries(5000),
  );
  expect(Math.min(ends.parsed, ends.refused)).toBeGreaterThan(500);
});

it('is as long as it says', () => {
  const amounts = fc.integer({ min: 0, max: 100_000 }).map((tenths) => tenths / 1000);
  const units = fc.constantFrom(...(Object.keys(UNITS) as (keyof typeof UNITS)[]));
  const parts = fc.record(
    { milliseconds: amounts, seconds: amounts, minutes: amounts, hours: amounts },
    { requiredKeys: ['seconds'] },
  );
  fc.assert(
    fc.property(amounts, units, parts, (amount, unit, object) => {
      expect(parseDuration(`${amount}${unit}`)).toBeCloseTo(amount * UNITS[unit], 6);
      const sum = Object.entries(object).reduce(
        (total, [field, value]) => total + value * FIELDS[field as keyof typeof FIELDS],
        0,
      );
      expect(parseDuration(object)).toBeCloseTo(sum, 6);
    }),
    tries(1000),
  );
});
