import { describe, expect, jest, test } from '@jest/globals';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InvalidArgumentError } from '@proc/core';
import { TaskLoadError } from '../../../src/errors/task-load-error.js';
import { loadTask } from '../../../src/functions/load-task.js';
import type * as Tasks from '../../../src/functions/task.js';
import { defineTasks, task } from '../../../src/functions/task.js';
import { toTaskReference } from '../../../src/functions/to-task-reference.js';
import { errorOf } from '../../support/error-of.js';

const fixture = (name: string) => pathToFileURL(resolve(__dirname, '../../fixtures', name));

async function run(file: string, name: string | undefined, ...args: unknown[]): Promise<unknown> {
  const reference = structuredClone(toTaskReference(task(fixture(file), name)));
  return (await loadTask(reference)).fn(...args);
}

describe('task', () => {
  test('may have been made by another copy of the package', async () => {
    let copy: typeof Tasks | undefined;
    jest.isolateModules(() => {
      copy = jest.requireActual<typeof Tasks>('../../../src/functions/task.js');
    });
    const its = copy?.task<(value: number) => number>(fixture('tasks.cjs'), 'double');
    expect(its?.constructor).not.toBe(task(fixture('tasks.cjs'), 'double').constructor);
    const reference = toTaskReference(its as never);
    expect((await loadTask(structuredClone(reference))).fn(4)).toBe(8);
  });

  test.each([
    ['tasks.mjs', 'priced', 12],
    ['tasks.mjs', 'slow', 4],
    ['tasks.mjs', undefined, ['whole', 4]],
    ['tasks.cjs', 'double', 8],
    ['single.cjs', undefined, 5],
    ['later.cjs', undefined, 'later 4'],
    ['compiled.cjs', undefined, 'default 4'],
    ['compiled.cjs', 'named', 'named 4'],
    ['waiting.mjs', 'afterAwait', 20],
  ])('loads from %s its %s', async (file, name, result) => {
    await expect(run(file, name, 4)).resolves.toEqual(result);
  });

  test('names the file and the functions that are there when an export is missing', async () => {
    const error = await run('tasks.mjs', 'pricd').catch((thrown: unknown) => thrown);
    expect(TaskLoadError.is(error)).toBe(true);
    expect((error as Error).message).toMatch(
      /tasks\.mjs has no export "pricd"\. Its functions: default, priced, slow\./,
    );
    await expect(run('tasks.cjs', 'halve')).rejects.toThrow(/Its functions: double\./);
  });

  test('says what an export is that is no function', async () => {
    await expect(run('tasks.mjs', 'notAFunction')).rejects.toThrow(/is no function but a number/);
  });

  test('has the error of a module that throws as its cause', async () => {
    await expect(run('throws.mjs', 'any')).rejects.toMatchObject({
      code: 'ERR_PROC_TASK_LOAD',
      cause: { name: 'RangeError', message: 'not today' },
    });
  });

  test('refuses a file that is not there before anything is sent', () => {
    const missing = task(fixture('nowhere.mjs'), 'any');
    expect(() => toTaskReference(missing)).toThrow(/no file .*nowhere\.mjs/);
  });

  test('finds the TypeScript file that a JavaScript file will be made of', () => {
    const reference = toTaskReference(task(fixture('typed.mjs'), 'typed'));
    expect(reference).toMatchObject({ url: fixture('typed.mts').href });
  });

  test('gives the same task for the same function, so that it crosses once', () => {
    const [one, other] = [1, 2].map(() => task(fixture('tasks.mjs'), 'priced'));
    expect(one).toBe(other);
    expect(toTaskReference(one!)).toBe(toTaskReference(other!));
    expect(task(fixture('tasks.mjs'), 'slow')).not.toBe(one);
  });

  test.each(['./tasks.js', 'https://example.com/a.js', 4, undefined])(
    'refuses %p as its file',
    (file) => {
      expect(() => task(file as never, 'any')).toThrow(InvalidArgumentError);
    },
  );

  test('takes no `with`', () => {
    const error = errorOf(() =>
      toTaskReference(task(fixture('tasks.mjs'), 'priced'), { with: { a: 1 } }),
    );
    expect(InvalidArgumentError.is(error)).toBe(true);
  });
});

describe('defineTasks', () => {
  test('has a task for each name, the same each time', async () => {
    const tasks = defineTasks<{ priced: (price: number) => number; rate: number }>(
      fixture('tasks.mjs'),
    );
    expect(tasks.priced).toBe(tasks.priced);
    const loaded = await loadTask(toTaskReference(tasks.priced));
    expect(loaded.fn(2)).toBe(6);
    await expect(Promise.resolve(tasks)).resolves.toBe(tasks);
  });
});
