import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Size } from '../../src/contracts/size.js';
import { InvalidArgumentError } from '../../src/errors/invalid-argument-error.js';
import { parseSize } from '../../src/measures/parse-size.js';
import { hostileOrLarge } from '../support/hostile-values.js';
import { plain, type Sample } from '../support/samples.js';
import { tries } from '../support/tries.js';

const PREFIXES = ['', 'k', 'M', 'G', 'T'];

const values: fc.Arbitrary<Sample> = fc.oneof(
  hostileOrLarge,
  fc.oneof(fc.double(), fc.integer(), fc.nat(100)).chain((number) => plain(number)),
  fc
    .tuple(
      fc.double({ min: 0, max: 1e4, noNaN: true }),
      fc.constantFrom('B', 'kB', 'MiB', 'mb', 'TB'),
    )
    .chain(([amount, unit]) => plain(`${amount}${unit}`)),
  fc
    .string({ unit: fc.constantFrom(...'0123456789.-+eE kKMGTiB'.split('')) })
    .chain((text) => plain(text)),
);

it('is a whole number of bytes, or refused with its name', () => {
  const ends = { parsed: 0, refused: 0 };
  fc.assert(
    fc.property(values, (sample) => {
      try {
        const bytes = parseSize(sample.make() as Size, 'load');
        expect(Number.isSafeInteger(bytes) && bytes >= 0).toBe(true);
        ends.parsed++;
      } catch (error) {
        if (!InvalidArgumentError.is(error)) throw error;
        expect(error.message).toMatch(/^The load must be [^]{1,250}$/);
        ends.refused++;
      }
    }),
    tries(5000),
  );
  expect(Math.min(ends.parsed, ends.refused)).toBeGreaterThan(500);
});

it('is as large as it says', () => {
  fc.assert(
    fc.property(fc.nat(8000), fc.nat(4), fc.nat(999), (whole, power, thousandths) => {
      const amount = whole + thousandths / 1000;
      const prefix = PREFIXES[power] ?? '';
      expect(parseSize(`${amount}${prefix}B` as Size, 'load')).toBe(
        Math.round(amount * 1000 ** power),
      );
      const binary = prefix === '' ? 'B' : `${prefix.toUpperCase()}iB`;
      expect(parseSize(`${amount}${binary}` as Size, 'load')).toBe(
        Math.round(amount * 1024 ** power),
      );
    }),
    tries(1000),
  );
});
