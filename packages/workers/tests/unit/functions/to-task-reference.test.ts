import { describe, expect, jest, test } from '@jest/globals';
import { runInThisContext } from 'node:vm';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { InvalidArgumentError } from '@proc/core';
import { ClosureCaptureError } from '../../../src/errors/closure-capture-error.js';
import { UncloneableValueError } from '../../../src/errors/uncloneable-value-error.js';
import { UnshippableFunctionError } from '../../../src/errors/unshippable-function-error.js';
import { loadTask } from '../../../src/functions/load-task.js';
import { toTaskReference, type ShippingOptions } from '../../../src/functions/to-task-reference.js';
import type { SourceReference } from '../../../src/functions/task-reference.js';
import { errorOf } from '../../support/error-of.js';

const RATE = 3;
const addRate = (value: number): number => value + RATE;

/** What the function gives after it was sent as plain data. */
async function shipped(
  fn: (...args: never[]) => unknown,
  args: readonly unknown[] = [],
  options?: ShippingOptions,
): Promise<unknown> {
  const crossed = structuredClone(toTaskReference(fn, options));
  const loaded = await loadTask(crossed);
  return loaded.fn(...args, { with: loaded.with });
}

function captureErrorOf(
  fn: (...args: never[]) => unknown,
  options?: ShippingOptions,
): ClosureCaptureError {
  const error = errorOf(() => toTaskReference(fn, options));
  if (!ClosureCaptureError.is(error)) throw error;
  return error;
}

describe('functions that travel', () => {
  const forms = {
    arrow: (value: number) => value + 1,
    function: function (value: number) {
      return value + 1;
    },
    named: function next(value: number): number {
      return value < 0 ? next(0) : value + 1;
    },
    async: async (value: number) => value + 1,
    method(value: number) {
      return value + 1;
    },
    async asyncMethod(value: number) {
      return value + 1;
    },
    ['computed key'](value: number) {
      return value + 1;
    },
    static: class {
      readonly kind = 'counter';
      static add(value: number) {
        return value + 1;
      }
    }.add,
    destructuring: (value: number, { step = 1, ...rest } = {}, [first] = [0]) =>
      value + step + first + Object.keys(rest).filter((key) => key !== 'with').length,
  };

  test.each(Object.entries(forms))('%s', async (_, fn) => {
    await expect(shipped(fn as never, [4]).then((result) => result)).resolves.toBe(5);
  });

  test('a getter', async () => {
    const { get } = Object.getOwnPropertyDescriptor(
      {
        get five() {
          return 5;
        },
      },
      'five',
    )!;
    await expect(shipped(get!)).resolves.toBe(5);
  });

  test('with classes, generators, labels, loops and closures of their own', async () => {
    const busy = (limit: number) => {
      class Counter {
        #count = 0;
        start = () => this.#count;
        add() {
          this.#count += 1;
          return this;
        }
        get count() {
          return this.#count;
        }
      }
      function* numbers() {
        for (let index = 0; index < limit; index += 1) yield index;
      }
      const counter = new Counter();
      outer: for (const number of numbers()) {
        for (const inner of [1, 2]) {
          if (inner === 2) continue outer;
          if (number > 2) break outer;
          counter.add();
        }
      }
      try {
        throw new Error('caught');
      } catch (error) {
        const { message } = error as Error;
        return [counter.count, message, hoisted(), typeof Reflect.get(globalThis, 'notThere')];
      }
      function hoisted() {
        return arguments.length + counter.start();
      }
    };
    await expect(shipped(busy as never, [9])).resolves.toEqual([3, 'caught', 3, 'undefined']);
  });

  test('with the globals that every worker has', async () => {
    const fn = () => [
      typeof Buffer.from,
      typeof setTimeout,
      typeof URL,
      Math.max(1, 2),
      undefined,
      NaN,
    ];
    await expect(shipped(fn)).resolves.toEqual([
      'function',
      'function',
      'function',
      2,
      undefined,
      NaN,
    ]);
  });

  test('loading modules as their file does', async () => {
    const fn = async () => {
      // @ts-expect-error -- plain JavaScript without types
      const { rate } = (await import('../../fixtures/rate.mjs')) as { rate: number };
      // eslint-disable-next-line @typescript-eslint/no-require-imports -- what is tested
      const { count } = require('../../fixtures/tasks.cjs') as { count: number };
      return [rate, count, __filename.length > 0];
    };
    await expect(shipped(fn)).resolves.toEqual([3, 3, true]);
  });

  test('with stack traces that point to their file', async () => {
    const fn = () => {
      throw new Error('here');
    };
    const error = await shipped(fn).catch((thrown: unknown) => thrown);
    expect((error as Error).stack).toContain(basename(__filename));
  });
});

describe('functions that do not travel', () => {
  test.each([
    ['native', Math.max, /"max" .* native/],
    ['bound', addRate.bind(undefined), /"addRate" .* bind\(\)/],
    ['a class', class Price extends Map {}, /"Price" .* a class/],
    [
      'a method with super',
      {
        toString() {
          return typeof super.valueOf;
        },
      }.toString,
      /uses super/,
    ],
  ])('%s', (_, fn, message) => {
    const error = errorOf(() => toTaskReference(fn as never));
    expect(UnshippableFunctionError.is(error)).toBe(true);
    expect((error as Error).message).toMatch(message);
    expect((error as Error).message).toContain('task(new URL(');
  });

  test('a method with private names', () => {
    class Price {
      #rate = 1;
      total() {
        return this.#rate;
      }
    }
    expect(() => toTaskReference(new Price().total)).toThrow(/uses #rate/);
  });

  test.each([undefined, null, 4, 'x => x', {}])('no function at all: %p', (work) => {
    expect(() => toTaskReference(work as never)).toThrow(InvalidArgumentError);
  });
});

describe('captured variables', () => {
  test('are refused with name, kind, type and place of each', () => {
    function priceAll(base: Map<string, number>) {
      return function price(value: number) {
        return value * RATE + base.size + addRate(1);
      };
    }
    const error = captureErrorOf(priceAll(new Map()));
    expect(error.functionName).toBe('price');
    expect(error.place).toMatch(/to-task-reference\.test\.ts:\d+$/);
    expect(error.variables).toEqual([
      {
        name: 'RATE',
        kind: 'const',
        type: 'number',
        place: expect.stringMatching(/test\.ts:\d+$/),
      },
      {
        name: 'base',
        kind: 'parameter',
        type: 'Map',
        place: expect.stringMatching(/test\.ts:\d+$/),
      },
      {
        name: 'addRate',
        kind: 'const',
        type: 'function',
        place: expect.stringMatching(/test\.ts:\d+$/),
      },
    ]);
    expect(error.message).toContain('{ with: { RATE, base, addRate } }');
    expect(error.message).toContain("task(new URL('./tasks.js', import.meta.url), 'price')");
    expect(error.message).toContain("{ capture: 'snapshot' }");
  });

  test('point to the lines of the source, not of what was compiled', () => {
    const here = new Error().stack!;
    const [, line] = /test\.ts:(\d+)/.exec(here)!;
    const marker = {};
    const error = captureErrorOf(() => marker);
    expect(error.place).toMatch(new RegExp(`:${Number(line) + 3}$`));
    expect(error.variables[0]!.place).toMatch(new RegExp(`:${Number(line) + 2}$`));
  });

  test('are refused in default values, nested functions and templates, too', () => {
    const names = (fn: (...args: never[]) => unknown) =>
      captureErrorOf(fn).variables.map(({ name }) => name);
    expect(names((value = RATE) => value)).toEqual(['RATE']);
    expect(names(() => () => `${RATE}`)).toEqual(['RATE']);
    expect(names(() => ({ RATE }))).toEqual(['RATE']);
    expect(names((value: { [RATE]: number }) => value[RATE])).toEqual(['RATE']);
  });

  test('`this` is one of them, where it is not of the function itself', () => {
    const of = {
      price: 4,
      total() {
        return this.price;
      },
    };
    expect(captureErrorOf(of.total).message).toContain('`this` is what a method is called on');
  });

  test('a global that somebody added to this process is one of them', () => {
    Reflect.set(globalThis, 'addedGlobal', 1);
    try {
      const fn = runInThisContext('() => addedGlobal') as () => unknown;
      expect(captureErrorOf(fn).variables[0]!.kind).toBe('global of this process');
    } finally {
      Reflect.deleteProperty(globalThis, 'addedGlobal');
    }
  });

  test('the check can be turned off; then the worker names the variable', async () => {
    const rejected = shipped(() => RATE, [], { capture: 'off' });
    await expect(rejected).rejects.toMatchObject({
      code: 'ERR_PROC_CLOSURE_CAPTURE',
      variables: [{ name: 'RATE' }],
    });
    await expect(shipped(async () => RATE, [], { capture: 'off' })).rejects.toThrow(
      ClosureCaptureError,
    );
  });

  test('an unknown way to capture is refused', () => {
    expect(() => toTaskReference(() => 1, { capture: 'copy' as never })).toThrow(
      /capture is 'error', 'snapshot' or 'off'/,
    );
  });
});

describe('with', () => {
  test('gives values under their names and in the context', async () => {
    const fn = (value: number, ctx: { with: { RATE: number } }) => value * RATE * ctx.with.RATE;
    await expect(shipped(fn, [2], { with: { RATE: 10 } })).resolves.toBe(200);
  });

  test('gives functions, which may use what else is given', async () => {
    const fn = (value: number) => addRate(value);
    await expect(shipped(fn, [2], { with: { addRate, RATE: 5 } })).resolves.toBe(7);
  });

  test('names what a function in it lacks', () => {
    const error = captureErrorOf((value: number) => addRate(value), { with: { addRate } });
    expect(error.functionName).toBe('addRate');
    expect(error.variables.map(({ name }) => name)).toEqual(['RATE']);
  });

  test('is constant for the function, whose changes nobody would see', async () => {
    let count = 0;
    const fn = () => {
      count += 1;
    };
    await expect(shipped(fn, [], { with: { count } })).rejects.toThrow(/constant/);
  });

  test('takes keys that are no variables for the context alone', async () => {
    const fn = (ctx: { with: Record<string, number> }) => ctx.with['a-b']! + ctx.with['class']!;
    await expect(shipped(fn, [], { with: { 'a-b': 1, class: 2 } })).resolves.toBe(3);
    expect(() => toTaskReference(fn, { with: { 'a-b': () => 1 } })).toThrow(
      /a name that a variable/,
    );
  });

  test('names the path of a value that can not be copied', () => {
    const error = errorOf(() =>
      toTaskReference(() => 1, { with: { a: { b: [1, { c: Promise.resolve() }] } } }),
    );
    expect(UncloneableValueError.is(error) && error.path).toBe('with.a.b[1].c');
  });

  test.each([4, 'text', [1], new Map()])('is refused when it is %p', (given) => {
    expect(() => toTaskReference(() => 1, { with: given as never })).toThrow(InvalidArgumentError);
  });
});

describe('snapshot', () => {
  test('sends copies of what the variables hold now', async () => {
    const prices = new Map([['tea', 4]]);
    const fn = (name: string) => addRate(prices.get(name)!) + RATE;
    await expect(shipped(fn, ['tea'], { capture: 'snapshot' })).resolves.toBe(10);
    await expect(shipped(fn, ['tea'], { capture: 'snapshot', with: { RATE: 5 } })).resolves.toBe(
      14,
    );
  });

  test('refuses a function among them that needs more itself', () => {
    const fn = (value: number) => addRate(value);
    const error = captureErrorOf(fn, { capture: 'snapshot' });
    expect(error.functionName).toBe('addRate');
    expect(error.variables.map(({ name }) => name)).toEqual(['RATE']);
  });

  test('warns of a variable that may change', async () => {
    const warn = jest.spyOn(process, 'emitWarning').mockImplementation(() => {});
    let count = 1;
    const fn = () => count;
    count += 1;
    await expect(shipped(fn, [], { capture: 'snapshot' })).resolves.toBe(2);
    await shipped(fn, [], { capture: 'snapshot' });
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(
      expect.stringContaining('a copy of count'),
      expect.objectContaining({ code: 'PROC_SNAPSHOT_OF_VARIABLE' }),
    );
  });

  test.each([NaN, -0, 10n, null, undefined, Symbol.iterator])(
    'keeps %p or refuses it',
    async (value) => {
      const fn = () => value;
      if (typeof value === 'symbol') {
        expect(() => toTaskReference(fn, { capture: 'snapshot' })).toThrow(UncloneableValueError);
      } else await expect(shipped(fn, [], { capture: 'snapshot' })).resolves.toBe(value);
    },
  );
});

describe('references', () => {
  test('are made once for each function', () => {
    const fn = (value: number) => value;
    expect(toTaskReference(fn)).toBe(toTaskReference(fn));
  });

  test('share their text when functions with the same text are made again and again', () => {
    const make = () => (value: number) => value + 1;
    const [one, other] = [make(), make()].map((fn) => toTaskReference(fn) as SourceReference);
    expect(one).not.toBe(other);
    expect(one!.source).toBe(other!.source);
  });

  test('do not take two functions of one line for each other', async () => {
    const [one, other] = [() => 'one', () => 'other'];
    await expect(shipped(one)).resolves.toBe('one');
    await expect(shipped(other)).resolves.toBe('other');
  });

  test('share the values of `with` for as long as its object is the same', () => {
    const given = { RATE };
    const [one, other] = [1, 2].map(
      () => toTaskReference((value: number) => value * RATE, { with: given }) as SourceReference,
    );
    expect(one!.with).toBe(other!.with);
  });
});

describe('a function that uses what was imported around it', () => {
  const made = (text: string) =>
    (
      runInThisContext(`(require) => {\n${text}\n}`, { filename: '/app/requiring.cjs' }) as (
        load: NodeJS.Require,
      ) => () => unknown
    )(require);

  test('is told to load that itself, but for plain values', () => {
    const fn = made(
      `const fs = require('node:fs');
      const { join, sep: SEP } = require('node:path');
      const os = Object(require('node:os'));
      const other = 1;
      return () => [fs.existsSync(join('/', SEP)), os.cpus(), other];`,
    );
    const { variables, message } = captureErrorOf(fn);
    expect(variables.map(({ name, kind }) => [name, kind])).toEqual([
      ['fs', 'import'],
      ['join', 'import'],
      ['SEP', 'import'],
      ['os', 'import'],
      ['other', 'const'],
    ]);
    expect(message).toContain(
      "load fs, join and os within the function: await import('…'), or require('…')",
    );
  });

  test('is told to load functions and modules of Node, which no other way brings over', () => {
    const { message } = captureErrorOf(
      made(
        `const { existsSync } = require('node:fs');
        const rate = 1;
        return () => [existsSync('/'), rate];`,
      ),
    );
    expect(message).toContain(
      "load existsSync within the function: await import('node:fs'), or require('node:fs'), " +
        'and hand over the rest: { with: { rate } }',
    );
    expect(message).not.toContain('snapshot');

    const ofModule = captureErrorOf(
      made(`const path = require('node:path');\nreturn () => path.sep;`),
    ).message;
    expect(ofModule).toContain("load path within the function: await import('…')");
    expect(ofModule).not.toContain('with:');
  });

  test.each([
    ['by with', { with: { existsSync } }],
    ['by a snapshot', { capture: 'snapshot' }],
  ] as const)('is told what to load where a function of Node was to come over %s', (_, options) => {
    const fn = made("const { existsSync } = require('node:fs');\nreturn () => existsSync('/');");
    const error = errorOf(() => toTaskReference(fn, options));
    expect(error).toBeInstanceOf(UnshippableFunctionError);
    expect((error as Error).message).toBe(
      'The function "existsSync" can not be sent to a worker: it belongs to Node (node:fs). ' +
        "Load it in the task: await import('node:fs').",
    );
  });

  test('says what is started otherwise where it is given the path of a program', () => {
    expect(() => toTaskReference('./work.js' as never)).toThrow(
      "but this was given: './work.js'. A whole program is started by node(file).",
    );
  });

  test('a function of Node itself is refused by the name of its module', () => {
    expect(() => toTaskReference(existsSync)).toThrow(/it belongs to Node \(node:fs\)/);
  });

  test('is told nothing of loading where it uses only what was declared', () => {
    expect(captureErrorOf(made('const rate = 2;\nreturn () => rate;')).message).not.toContain(
      'load',
    );
  });
});
