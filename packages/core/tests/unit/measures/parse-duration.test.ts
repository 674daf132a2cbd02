import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { formatDuration } from '../../../src/measures/format-duration.js';
import { parseDuration } from '../../../src/measures/parse-duration.js';

const parse = (value: unknown): number => parseDuration(value as number, 'grace');
const LONGEST = 2 ** 31 - 1;

describe('parseDuration', () => {
  it.each<[unknown, number]>([
    [0, 0],
    [250, 250],
    [0.5, 0.5],
    ['250ms', 250],
    ['30s', 30_000],
    ['1.5s', 1500],
    ['5m', 300_000],
    ['2h', 7_200_000],
    [' 1s ', 1000],
    ['0ms', 0],
    [{ milliseconds: 5 }, 5],
    [{ seconds: 30 }, 30_000],
    [{ minutes: 1, seconds: 30 }, 90_000],
    [{ hours: 1, minutes: 1, seconds: 1, milliseconds: 1 }, 3_661_001],
    [LONGEST, LONGEST],
    [`${LONGEST}ms`, LONGEST],
  ])('reads %j as %d ms', (given, ms) => {
    expect(parse(given)).toBe(ms);
  });

  it.each([
    NaN,
    '',
    '5',
    '5 parsecs',
    '5d',
    's',
    '-5s',
    '1e3s',
    'Infinitys',
    '1s 2s',
    null,
    undefined,
    true,
    {},
    [],
    { secs: 5 },
    { seconds: '5' },
    { seconds: NaN },
    { seconds: 1, sec: 1 },
    5n,
    { seconds: 5n },
    Symbol('s'),
    () => 5,
  ])('refuses %p as malformed', (given) => {
    expect(() => parse(given)).toThrow(InvalidArgumentError);
    expect(() => parse(given)).toThrow(/The grace must be milliseconds, a string/);
  });

  it.each([
    -1,
    -0.001,
    Infinity,
    -Infinity,
    LONGEST + 1,
    2 ** 31,
    '597h',
    { seconds: -1 },
    { seconds: 10, milliseconds: -1 },
    { hours: 1000 },
  ])('refuses %p as out of range', (given) => {
    expect(() => parse(given)).toThrow(InvalidArgumentError);
    expect(() => parse(given)).toThrow(/The grace must be between 0 and 2147483647 ms/);
  });

  it('does not read fields that a prototype has', () => {
    expect(() => parse(Object.create({ seconds: 5 }))).toThrow(InvalidArgumentError);
    expect(() => parse({ constructor: 5 })).toThrow(InvalidArgumentError);
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0 ms'],
    [250, '250 ms'],
    [999, '999 ms'],
    [1000, '1 second'],
    [1500, '1.5 seconds'],
    [119_000, '119 seconds'],
    [120_000, '2 minutes'],
    [5_430_000, '90.5 minutes'],
  ])('writes %d ms as %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text);
  });
});
