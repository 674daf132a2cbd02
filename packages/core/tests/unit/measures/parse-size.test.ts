import { describe, expect, it } from '@jest/globals';
import { InvalidArgumentError } from '../../../src/errors/invalid-argument-error.js';
import { parseSize } from '../../../src/measures/parse-size.js';

const parse = (value: unknown): number => parseSize(value as number, 'limit of memory');

describe('parseSize', () => {
  it.each<[unknown, number]>([
    [0, 0],
    [512, 512],
    [Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
    ['0B', 0],
    ['17B', 17],
    ['1kB', 1000],
    ['1KB', 1000],
    ['512MB', 512_000_000],
    ['2GB', 2_000_000_000],
    ['3TB', 3_000_000_000_000],
    ['1KiB', 1024],
    ['512MiB', 536_870_912],
    ['1GiB', 1_073_741_824],
    ['2TiB', 2_199_023_255_552],
    ['1.5GiB', 1_610_612_736],
    ['0.0001kB', 0],
    ['1.1MB', 1_100_000],
    [' 1MB ', 1_000_000],
  ])('reads %j as %d bytes', (given, bytes) => {
    expect(parse(given)).toBe(bytes);
  });

  it.each([
    NaN,
    '',
    '5',
    'MB',
    '5 MB',
    '5mb',
    '5M',
    '5Mb',
    '5PB',
    '-5MB',
    '1e3MB',
    'InfinityMB',
    '1MB 2MB',
    '1,5MB',
    null,
    undefined,
    true,
    {},
    [],
    { megabytes: 5 },
    5n,
    Symbol('MB'),
    () => 5,
  ])('refuses %p as malformed', (given) => {
    expect(() => parse(given)).toThrow(InvalidArgumentError);
    expect(() => parse(given)).toThrow(/The limit of memory must be bytes, or a string such as/);
  });

  it.each([
    -1,
    0.5,
    Infinity,
    -Infinity,
    2 ** 53,
    '9007199254740992B',
    '8192TiB',
    `1${'0'.repeat(400)}B`,
  ])('refuses %p as no number of bytes', (given) => {
    expect(() => parse(given)).toThrow(InvalidArgumentError);
    expect(() => parse(given)).toThrow(/must be a whole number of bytes from 0 to 90071992547/);
  });
});
