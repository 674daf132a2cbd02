import { runInThisContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { ClosureCaptureError } from '../../../src/errors/closure-capture-error.js';
import { loadTask } from '../../../src/functions/load-task.js';
import { toTaskReference } from '../../../src/functions/to-task-reference.js';

/** A function as a compiler would have left it: its helpers are around it, not here. */
const compiled = (text: string) => runInThisContext(`(${text})`) as (...args: unknown[]) => unknown;

async function run(text: string, ...args: unknown[]): Promise<unknown> {
  const loaded = await loadTask(toTaskReference(compiled(text)));
  return loaded.fn(...args);
}

describe('helpers of compilers and instrumenters', () => {
  test('names kept by esbuild and tsx', async () => {
    await expect(
      run(`() => { const inner = __name(() => 1, 'shown'); return inner.name; }`),
    ).resolves.toBe('shown');
  });

  test('objects spread by esbuild for old targets', async () => {
    await expect(
      run(`(a) => __spreadProps(__spreadValues({}, a), { b: 2 })`, { a: 1 }),
    ).resolves.toEqual({ a: 1, b: 2 });
    await expect(run(`(a) => __objRest(a, ['b'])`, { a: 1, b: 2 })).resolves.toEqual({ a: 1 });
  });

  test.each(['__awaiter', '__async'])(
    'asynchronous functions as generators: %s',
    async (helper) => {
      const args = helper === '__awaiter' ? 'this_, void 0, void 0' : 'this_, null';
      const text = `(value) => { const this_ = undefined; return ${helper}(${args}, function* () { try { yield Promise.reject(value); } catch (error) { return (yield error) + 1; } }); }`;
      await expect(run(text, 4)).resolves.toBe(5);
    },
  );

  test('fields written by esbuild', async () => {
    await expect(
      run(`() => { const it = {}; __publicField(it, 'a', 1); return it; }`),
    ).resolves.toEqual({ a: 1 });
  });

  test('TypeScript for old targets', async () => {
    await expect(run(`(a) => __assign(__assign({}, a), { b: 2 })`, { a: 1 })).resolves.toEqual({
      a: 1,
      b: 2,
    });
    await expect(run(`(a) => __rest(a, ['b'])`, { a: 1, b: 2 })).resolves.toEqual({ a: 1 });
    await expect(run(`(a) => __spreadArray([0], a, true)`, [1])).resolves.toEqual([0, 1]);
  });

  test('counters of istanbul count nothing', async () => {
    const text = `(value) => { cov_1ab2c().f[0]++; cov_1ab2c().s[3]++; return value > 1 ? (cov_1ab2c().b[0][0]++, 'big') : 'small'; }`;
    await expect(run(text, 2)).resolves.toBe('big');
  });

  test.each([
    [`() => __vi_import_0__.helper()`, 'Vitest'],
    [`() => __vite_ssr_import_0__.helper()`, 'Vitest'],
    [`() => (0, _helper.helper)()`, 'a compiler renamed'],
    [`() => (0, helper_1.helper)()`, 'a compiler renamed'],
  ])('an import is told from its compiled form: %s', (text, hint) => {
    expect(() => toTaskReference(compiled(text))).toThrow(ClosureCaptureError);
    expect(() => toTaskReference(compiled(text))).toThrow(hint);
  });

  test('nobody is told to hand over what Vitest made of an import', () => {
    expect(() => toTaskReference(compiled(`() => __vi_import_0__.helper()`))).not.toThrow(
      'hand over',
    );
  });
});
