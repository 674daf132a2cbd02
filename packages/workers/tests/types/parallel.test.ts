import { describe, test } from '@jest/globals';
import { expectTypeOf } from 'expect-type';
import {
  defineTasks,
  type ForkedTask,
  type ModuleTask,
  type Parallel,
  type ParallelRun,
  task,
  transfer,
} from '../../src/index.js';

declare const parallel: Parallel;
declare const numbers: readonly number[];
declare const lines: AsyncIterable<string>;

interface Images {
  resize(file: string, width: number): Promise<Uint8Array>;
  readonly formats: readonly string[];
}

/** Types alone are looked at. */
const never = (_: () => unknown): void => undefined;

describe('types of work on many items', () => {
  test('results have the type of what the function gives, waited for', () => {
    never(() => {
      expectTypeOf(parallel.map(numbers, (value) => String(value))).toEqualTypeOf<
        ParallelRun<string>
      >();
      expectTypeOf(parallel.map(lines, async (line) => line.length)).toEqualTypeOf<
        ParallelRun<number>
      >();
      expectTypeOf(parallel.map(numbers, (value) => value, { onError: 'settle' })).toEqualTypeOf<
        ParallelRun<PromiseSettledResult<number>>
      >();
      expectTypeOf(parallel.filter(lines, (line) => line !== '')).toEqualTypeOf<
        ParallelRun<string>
      >();
      expectTypeOf(parallel.find(numbers, (value) => value > 1)).resolves.toEqualTypeOf<
        number | undefined
      >();
      expectTypeOf(parallel.some(numbers, (value) => value > 1)).resolves.toEqualTypeOf<boolean>();
      expectTypeOf(
        parallel.reduce(numbers, (one, other) => one + other),
      ).resolves.toEqualTypeOf<number>();
      expectTypeOf(
        parallel.reduce(lines, (count: number, line) => count + line.length, 0),
      ).resolves.toEqualTypeOf<number>();
    });
  });

  test('a function knows its context', () => {
    never(() => {
      parallel.map(numbers, (value, context) => {
        expectTypeOf(value).toEqualTypeOf<number>();
        expectTypeOf(context.index).toEqualTypeOf<number>();
        expectTypeOf(context.signal).toEqualTypeOf<AbortSignal>();
      });
    });
  });

  test('tasks of modules have the types of their functions', () => {
    never(() => {
      const images = defineTasks<Images>('/images.js');
      expectTypeOf(images.resize).toEqualTypeOf<ModuleTask<Images['resize']>>();
      expectTypeOf(images).not.toHaveProperty('formats');
      const measure = task<(file: string) => number>('/files.js', 'measure');
      expectTypeOf(parallel.map(['a'], measure)).toEqualTypeOf<ParallelRun<number>>();
      // @ts-expect-error -- it takes texts
      parallel.map(numbers, measure);
    });
  });

  test('tasks together give what each of them gives, in its place', () => {
    never(async () => {
      const run = parallel.tasks([() => 'text', async () => 4, [(flag: boolean) => flag, true]]);
      expectTypeOf(await run).toEqualTypeOf<[string, number, boolean]>();
      for await (const result of run) {
        expectTypeOf(result).toEqualTypeOf<string | number | boolean>();
      }
      const settled = run.catch(() => undefined);
      expectTypeOf(await settled).toEqualTypeOf<[string, number, boolean] | undefined>();
    });
  });

  test('of a list of tasks, the results are a list', () => {
    never(async () => {
      const tasks = numbers.map((value) => [(one: number) => `${one}`, value] as const);
      expectTypeOf(await parallel.tasks(tasks)).toEqualTypeOf<string[]>();
      expectTypeOf(await parallel.map(numbers, (value) => `${value}`)).toEqualTypeOf<string[]>();
    });
  });

  test('a fork takes the arguments of its function', () => {
    never(() => {
      const child = parallel.fork((one: number, other: string) => `${one}${other}`, [1, 'a']);
      expectTypeOf(child).toEqualTypeOf<ForkedTask<string>>();
      // @ts-expect-error -- the wrong way round
      parallel.fork((one: number, other: string) => `${one}${other}`, ['a', 1]);
    });
  });

  test('what is handed over keeps its type', () => {
    never(() => {
      expectTypeOf(transfer(new Uint8Array(1))).toEqualTypeOf<Uint8Array<ArrayBuffer>>();
    });
  });

  test('options that make no sense are refused', () => {
    never(() => {
      // @ts-expect-error -- there is no such kind
      void parallel.map(numbers, (value) => value, { type: 'fiber' });
      // @ts-expect-error -- filter ends with the first failure
      void parallel.filter(numbers, (value) => value, { onError: 'settle' });
    });
  });
});
