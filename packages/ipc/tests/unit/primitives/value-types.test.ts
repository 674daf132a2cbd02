import { describe, expect, it } from '@jest/globals';
import { VALUE_TYPES } from '../../../src/primitives/value-types.js';

const typeOf = (name: string) => VALUE_TYPES[name]!;

describe('the types of values', () => {
  it.each([
    ['i32', 2 ** 31 - 1],
    ['i32', -(2 ** 31)],
    ['i64', 2n ** 63n - 1n],
    ['f64', Number.NaN],
    ['bool', true],
    ['json', { any: ['thing'] }],
  ])('of type %s may be %p', (type, value) => {
    expect(typeOf(type).read(value)).toEqual(value);
  });

  it.each([
    ['i32', 2 ** 31],
    ['i32', 0.5],
    ['i32', '1'],
    ['i64', 2n ** 63n],
    ['i64', 2 ** 60],
    ['f64', 1n],
    ['bool', 1],
  ])('of type %s may not be %p', (type, value) => {
    expect(() => typeOf(type).read(value)).toThrow(
      expect.objectContaining({ fault: expect.anything() }),
    );
  });

  it('are added within their bounds, if they are numbers', () => {
    expect(typeOf('i32').add(1, 2)).toBe(3);
    expect(typeOf('i64').add(1n, 2)).toBe(3n);
    expect(typeOf('f64').add(0.5, 0.25)).toBe(0.75);
    expect(() => typeOf('i32').add(2 ** 31 - 1, 1)).toThrow('invalid');
    expect(() => typeOf('json').add(1, 1)).toThrow('invalid');
  });

  it('are compared as values', () => {
    expect(typeOf('i32').equal(0, -0)).toBe(true);
    expect(typeOf('i64').equal(5n, 5)).toBe(true);
    expect(typeOf('f64').equal(Number.NaN, Number.NaN)).toBe(true);
    expect(typeOf('json').equal({ a: [1] }, { a: [1] })).toBe(true);
  });

  it('have the codes of PyProcessor', () => {
    expect([typeOf('i'), typeOf('d'), typeOf('b')]).toEqual([
      typeOf('i32'),
      typeOf('f64'),
      typeOf('bool'),
    ]);
  });
});
