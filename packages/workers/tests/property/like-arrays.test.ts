import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ItemContext } from '../../src/parallel/item-function.js';
import type { Parallel } from '../../src/parallel/parallel.js';
import type { MapOptions } from '../../src/parallel/parallel-options.js';
import { BarePool } from '../support/bare-pool.js';
import { parallelOn } from '../support/parallel-on.js';
import { KINDS, makePool } from '../support/pools.js';

const CASES = 1000;

/** Lists with holes, of any length around the number of workers. */
const lists = fc.oneof(
  fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 14 }),
  fc.sparseArray(fc.integer({ min: -20, max: 20 }), { maxNumElements: 7 }),
);

const settings = fc.record({
  workers: fc.integer({ min: 1, max: 4 }),
  chunk: fc.oneof(fc.constant('auto' as const), fc.integer({ min: 1, max: 7 })),
  concurrency: fc.integer({ min: 1, max: 6 }),
  buffer: fc.integer({ min: 1, max: 50 }),
});

type List = readonly number[];

/** Every operation on a list, beside that of arrays. */
async function compare(
  parallel: Parallel,
  list: List,
  options: object,
  limit: number,
): Promise<void> {
  const above = (value: number) => value > limit;
  const given = { ...options, with: { limit } };
  const mapped = await parallel.map(list, (value: number) => [value], options as MapOptions);
  const expected = list.map((value) => [value]);
  expect(mapped).toEqual(expected);
  expect(Object.keys(mapped)).toEqual(Object.keys(expected));
  expect(await parallel.filter(list, above, given)).toEqual(list.filter(above));
  expect(await parallel.some(list, above, given)).toBe(list.some(above));
  expect(await parallel.every(list, above, given)).toBe(list.every(above));
  expect(await parallel.find(list, above, given)).toBe(list.find(above));
  const visited: (readonly [number, number])[] = [];
  const visit = (value: number, { emit }: ItemContext) => emit(value);
  await parallel.forEach(list, visit, {
    ...options,
    onEmit: (value, index) => visited.push([index, value as number]),
  });
  const expectedVisits: (readonly [number, number])[] = [];
  list.forEach((value, index) => expectedVisits.push([index, value]));
  expect(visited.sort(([one], [other]) => one - other)).toEqual(expectedVisits);
  const texts = list.map(String);
  const join = (before: string, value: string) => before + value;
  expect(await parallel.reduce(texts, join, '', options)).toBe(texts.reduce(join, ''));
  expect(await parallel.reduce(texts, join, 'x', { ...options, initial: 'once' })).toBe(
    texts.reduce(join, 'x'),
  );
  const streamed = [];
  for await (const value of parallel.map(
    Object.values(list),
    (each: number) => each,
    options as MapOptions,
  )) {
    streamed.push(value);
  }
  expect(streamed).toEqual(Object.values(list));
}

const limits = fc.integer({ min: -20, max: 20 });

describe('the operations', () => {
  test(`answer like those of arrays in ${CASES} random cases`, async () => {
    await fc.assert(
      fc.asyncProperty(lists, settings, limits, async (list, { workers, ...options }, limit) => {
        await compare(parallelOn(new BarePool(workers)), list, options, limit);
      }),
      { numRuns: CASES },
    );
  }, 120_000);

  test.each(KINDS)(
    'do so in real pools: %s',
    async (kind) => {
      const parallel = parallelOn(makePool(kind, { size: 2 }));
      await fc.assert(
        fc.asyncProperty(lists, settings, limits, async (list, { chunk, buffer }, limit) => {
          await compare(parallel, list, { chunk, buffer }, limit);
        }),
        { numRuns: 25 },
      );
    },
    120_000,
  );
});
