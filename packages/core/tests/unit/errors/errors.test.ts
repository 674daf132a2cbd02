import vm from 'node:vm';
import { describe, expect, it, jest } from '@jest/globals';
import * as core from '@proc/core';
import {
  CommandNotFoundError,
  DriverNotFoundError,
  InvalidArgumentError,
  ProcError,
  ProcessError,
  ProcessStartError,
  ProcessTimedOutError,
} from '@proc/core';
import { makeSpec } from '../../support/spec.js';

type ErrorClass = new (...args: unknown[]) => ProcError;

/** Every concrete error class that core exports. */
const classes = Object.values(core).filter(
  (value): value is typeof value & ErrorClass =>
    typeof value === 'function' &&
    (value as unknown as { prototype: unknown }).prototype instanceof ProcError &&
    (value as unknown) !== ProcessError,
) as unknown as readonly ErrorClass[];

const make = (type: ErrorClass): ProcError =>
  (type as unknown) === DriverNotFoundError
    ? new DriverNotFoundError('x', [], 'a test')
    : new type('the message', makeSpec(), 1);

describe('every error class', () => {
  it('is exported under its own name', () => {
    expect(classes.length).toBeGreaterThan(20);
    for (const type of classes) expect((core as never)[type.name]).toBe(type);
  });

  it('has a code of its own', () => {
    const codes = classes.map((type) => make(type).code);
    expect(new Set(codes).size).toBe(classes.length);
    for (const code of codes) expect(code).toMatch(/^ERR_PROC_[A-Z_]+$/);
  });

  it.each(classes.map((type) => [type.name, type] as const))('%s knows itself', (name, type) => {
    const error = make(type);
    expect([error.name, error instanceof Error, String(error).startsWith(name)]).toEqual([
      name,
      true,
      true,
    ]);
    expect(ProcError.is(error)).toBe(true);
    expect((type as unknown as typeof InvalidArgumentError).is(error)).toBe(true);
    const own = Object.keys(error);
    expect(own).not.toContain('name');
    expect(own).not.toContain('spec');
    expect(own).not.toContain('result');
  });
});

describe('ProcError.is', () => {
  const error = new CommandNotFoundError('no', makeSpec());

  it('holds for the class and its ancestors only', () => {
    expect(CommandNotFoundError.is(error)).toBe(true);
    expect(ProcessStartError.is(error)).toBe(true);
    expect(ProcessError.is(error)).toBe(true);
    expect(InvalidArgumentError.is(error)).toBe(false);
    expect(CommandNotFoundError.is(new ProcessStartError('no', makeSpec()))).toBe(false);
  });

  it.each([null, undefined, 'x', 5, {}, new Error('x'), { code: 'ERR_PROC_COMMAND_NOT_FOUND' }])(
    'does not hold for %p',
    (value) => {
      expect(ProcError.is(value)).toBe(false);
    },
  );

  it('holds across two copies of the package', async () => {
    await jest.isolateModulesAsync(async () => {
      const copy = await Promise.resolve(jest.requireActual<typeof core>('@proc/core'));
      expect(copy.CommandNotFoundError).not.toBe(CommandNotFoundError);
      expect(copy.CommandNotFoundError.is(error)).toBe(true);
      expect(copy.ProcessStartError.is(error)).toBe(true);
      expect(copy.InvalidArgumentError.is(error)).toBe(false);
    });
  });

  it('holds across realms, where instanceof does not', () => {
    const foreign: unknown = vm.runInNewContext(
      `const brand = Symbol.for('@proc/core/ProcError');
       Object.defineProperty(new Error('foreign'), brand, {
         value: new Set(['ProcError', 'ProcessError', 'ProcessStartError', 'CommandNotFoundError']),
       })`,
    );
    expect(foreign instanceof Error).toBe(false);
    expect(CommandNotFoundError.is(foreign)).toBe(true);
    expect(InvalidArgumentError.is(foreign)).toBe(false);
  });

  it('knows subclasses of users', () => {
    class MyError extends InvalidArgumentError {}
    const mine = new MyError('mine');
    expect([MyError.is(mine), InvalidArgumentError.is(mine), mine.name]).toEqual([
      true,
      true,
      'MyError',
    ]);
    expect(MyError.is(new InvalidArgumentError('not mine'))).toBe(false);
  });
});

describe('errors', () => {
  it('keep their cause', () => {
    const cause = new Error('why');
    expect(new InvalidArgumentError('no', { cause }).cause).toBe(cause);
    expect(new ProcessStartError('no', makeSpec(), { cause }).cause).toBe(cause);
  });

  it('carry the specification', () => {
    const spec = makeSpec();
    const error = new ProcessTimedOutError('late', spec, 1500);
    expect(error.spec).toBe(spec);
    expect(error.exceededTimeout()).toBe(1.5);
    expect(error.result).toBeUndefined();
  });
});
