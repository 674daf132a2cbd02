import { expect, it } from '@jest/globals';
import { ItemFailedError } from '../../../src/errors/item-failed-error.js';
import type { Parallel } from '../../../src/parallel/parallel.js';
import { BarePool } from '../../support/bare-pool.js';
import { parallelOn } from '../../support/parallel-on.js';

const HERE = /call-site\.test\.ts:\d+/;

const failing = (): number => {
  throw new RangeError('never');
};

/** The place that is first in a stack. */
function place(error: unknown): string | undefined {
  expect(ItemFailedError.is(error)).toBe(true);
  const frames = (error as Error).stack?.split('\n').filter((line) => line.startsWith('    at '));
  return HERE.exec(frames?.[0] ?? '')?.[0];
}

/** The line that an error was made in. */
function lineOf(asked: Error): string | undefined {
  return HERE.exec(asked.stack?.split('\n')[1] ?? '')?.[0];
}

it.each<[string, (parallel: Parallel) => [Error, PromiseLike<unknown>]]>([
  ['map', (parallel) => [new Error('here'), parallel.map([1], failing)]],
  ['filter', (parallel) => [new Error('here'), parallel.filter([1], failing)]],
  ['reduce', (parallel) => [new Error('here'), parallel.reduce([1], failing, 0)]],
  ['forEach', (parallel) => [new Error('here'), parallel.forEach([1], failing)]],
  ['some', (parallel) => [new Error('here'), parallel.some([1], failing)]],
  ['tasks', (parallel) => [new Error('here'), parallel.tasks([failing])]],
])('the error of an item points to the line that calls %s()', async (_, ask) => {
  const [asked, run] = ask(parallelOn(new BarePool()));
  const error: unknown = await run.then(undefined, (thrown: unknown) => thrown);
  expect(lineOf(asked)).toBeDefined();
  expect(place(error)).toBe(lineOf(asked));
});

it('the error of an item that could not be sent points there, too', async () => {
  const pool = new BarePool();
  pool.instead = () => Promise.reject(new Error('lost'));
  const [asked, run] = [new Error('here'), parallelOn(pool).map([1], failing)];
  const error: unknown = await run.catch((thrown: unknown) => thrown);
  expect(place(error)).toBe(lineOf(asked));
});

it('errors that are among the results point there, too', async () => {
  const settle = { onError: 'settle' } as const;
  const [asked, run] = [new Error('here'), parallelOn(new BarePool()).map([1, 2], failing, settle)];
  for (const result of await run) {
    expect(place(result.status === 'rejected' && result.reason)).toBe(lineOf(asked));
  }
  expect.assertions(4);
});
