import { describe, expect, test } from '@jest/globals';
import { InvalidArgumentError } from '@proc/core';
import type { GateOptions } from '@proc/pool';
import type { Machine } from '../../../src/gates/machine.js';
import { parseLimits } from '../../../src/gates/open-files-limit.js';
import { resolveGates } from '../../../src/gates/resolve-gates.js';

const machine = (over: Partial<Machine> = {}): Machine => ({
  platform: 'linux',
  processors: 4,
  totalMemory: 1000,
  availableMemory: () => 400,
  load: () => 3,
  freeDescriptors: () => 20,
  ...over,
});
const isOpen = (options: GateOptions, over?: Partial<Machine>): boolean =>
  resolveGates(options, machine(over)).every((gate) => gate.isOpen());

describe('a gate', () => {
  test('is there only where it is asked for', () => {
    expect(resolveGates({}, machine())).toEqual([]);
    expect(
      resolveGates({ minFreeDescriptors: 1, maxLoad: 1, minFreeMemory: 1 }, machine()).map(
        ({ name }) => name,
      ),
    ).toEqual(['memory', 'load', 'descriptors']);
  });

  test('of memory is open from a size on, or from a share of all memory', () => {
    expect(isOpen({ minFreeMemory: 400 })).toBe(true);
    expect(isOpen({ minFreeMemory: 401 })).toBe(false);
    expect(isOpen({ minFreeMemory: '1kB' }, { availableMemory: () => 1000 })).toBe(true);
    expect(isOpen({ minFreeMemory: '40%' })).toBe(true);
    expect(isOpen({ minFreeMemory: '40.1%' })).toBe(false);
  });

  test('of memory says what shares there are', () => {
    expect(() => isOpen({ minFreeMemory: '101%' })).toThrow('a share above 0% and up to 100%');
  });

  test('of load is open up to a number, or to a share of the processors', () => {
    expect(isOpen({ maxLoad: 3 })).toBe(true);
    expect(isOpen({ maxLoad: 2.9 })).toBe(false);
    expect(isOpen({ maxLoad: '75%' })).toBe(true);
    expect(isOpen({ maxLoad: '74%' })).toBe(false);
    expect(isOpen({ maxLoad: '250%' }, { load: () => 10 })).toBe(true);
  });

  test('of descriptors is open from a number on', () => {
    expect(isOpen({ minFreeDescriptors: 20 })).toBe(true);
    expect(isOpen({ minFreeDescriptors: 21 })).toBe(false);
  });

  test.each([
    { minFreeMemory: '5 apples' },
    { minFreeMemory: -1 },
    { minFreeMemory: '101%' },
    { minFreeMemory: 1001 },
    { maxLoad: 0 },
    { maxLoad: NaN },
    { maxLoad: '0%' },
    { maxLoad: 'much' },
    { minFreeDescriptors: -1 },
    { minFreeDescriptors: 1.5 },
    { minFreeDescriptors: '10%' },
  ])('is refused as %j', (options) => {
    expect(() => resolveGates(options as GateOptions, machine())).toThrow(InvalidArgumentError);
  });

  test('of load is refused on Windows, which has no load average', () => {
    expect(() => resolveGates({ maxLoad: 1 }, machine({ platform: 'win32' }))).toThrow(/Windows/);
  });
});

test('the limit of open files is the soft one of the table of limits', () => {
  const table = [
    'Limit                     Soft Limit           Hard Limit           Units     ',
    'Max processes             94321                94321                processes ',
    'Max open files            1024                 524288               files     ',
  ];
  expect(parseLimits(table.join('\n'))).toBe(1024);
  expect(parseLimits('Max open files            unlimited            unlimited   files')).toBe(
    Infinity,
  );
  expect(parseLimits('')).toBe(Infinity);
});
