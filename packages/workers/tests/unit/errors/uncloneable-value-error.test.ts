import { describe, expect, test } from '@jest/globals';
import {
  requireCloneable,
  uncloneableError,
  UncloneableValueError,
} from '../../../src/errors/uncloneable-value-error.js';

const pathOf = (value: unknown, crossing: 'thread' | 'process' = 'process') =>
  uncloneableError('argument', value, crossing).path;

describe('a value that can not be copied', () => {
  test('is named by its path', () => {
    expect(pathOf([{ rows: [1, 2, { done: () => 1 }] }])).toBe('argument[0].rows[2].done');
    expect(pathOf([{ 'a b': Symbol('x') }])).toBe('argument[0]["a b"]');
    expect(pathOf([new Map([['key', new WeakMap()]])])).toBe(`argument[0].get('key')`);
    expect(pathOf([new Set([1, () => 1])])).toBe('argument[0].values()[1]');
    expect(uncloneableError('result', () => 1, 'thread').path).toBe('result');
  });

  test('is found in a circle', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    circle['fn'] = () => 1;
    expect(pathOf([circle])).toBe('argument[0].fn');
  });

  test('is described with a way out', () => {
    expect(uncloneableError('argument', [Promise.resolve()], 'thread').message).toContain(
      'a promise. Await it first.',
    );
    expect(uncloneableError('argument', [() => 1], 'thread').message).toContain(
      'Functions travel in `with`',
    );
    expect(uncloneableError('result', { a: new SharedArrayBuffer(1) }, 'process').message).toMatch(
      /result\.a, which is shared memory\. Processes share no memory/,
    );
  });

  test('is not told of ways that it can not take', () => {
    expect(uncloneableError('result', () => 1, 'thread').message).toBe(
      'A worker can not send back result, which is a function. Return plain data instead.',
    );
    expect(uncloneableError('message', () => 1, 'thread').message).toContain(
      'Send plain data instead.',
    );
    expect(uncloneableError('with', { disk: { read: () => 1 } }, 'thread').message).toContain(
      'with.disk.read, which is the function read. Functions travel in `with` by themselves, not within objects',
    );
  });

  test('shared memory can be sent to a thread', () => {
    expect(pathOf([new SharedArrayBuffer(1), () => 1], 'thread')).toBe('argument[1]');
  });

  test.each(['thread', 'process'] as const)(
    'is the value itself where that is nested too deeply for a %s',
    (crossing) => {
      let value: object = {};
      for (let level = 0; level < 50_000; level += 1) value = { value };
      const attempt = (): void => requireCloneable('argument', [value], crossing);
      expect(attempt).toThrow(UncloneableValueError);
      expect(attempt).toThrow(/argument\[0\], which is .* It is nested too deeply\.$/s);
      // Whatever the cause: this is not to end in the same way.
      expect(uncloneableError('argument', [value], crossing)).toBeInstanceOf(UncloneableValueError);
    },
  );
});
