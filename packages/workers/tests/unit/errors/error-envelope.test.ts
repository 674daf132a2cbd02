import { describe, expect, test } from '@jest/globals';
import { deserialize, serialize } from 'node:v8';
import { types } from 'node:util';
import { InvalidArgumentError } from '@proc/core';
import { decodeError } from '../../../src/errors/decode-error.js';
import { encodeError } from '../../../src/errors/encode-error.js';
import { registerErrorClass } from '../../../src/errors/error-classes.js';
import { RemoteError } from '../../../src/errors/remote-error.js';

/** What arrives on the other side. */
function crossed(thrown: unknown): Error & Record<string, unknown> {
  return decodeError(deserialize(serialize(encodeError(thrown))) as never) as never;
}

class PaymentError extends Error {
  override readonly name = 'PaymentError';
  readonly code = 'E_PAYMENT';
  constructor(readonly amount: number) {
    super(`${amount} are missing`);
  }
  get owed() {
    return this.amount * 2;
  }
}

class UnknownError extends Error {
  override name = 'UnknownError';
}

describe('errors that cross', () => {
  test.each([TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError, Error])(
    '%p keeps its class',
    (type) => {
      const original = new type('broken');
      const error = crossed(original);
      expect(error).toBeInstanceOf(type);
      expect(types.isNativeError(error)).toBe(true);
      expect([error.name, error.message, error.stack]).toEqual([
        original.name,
        'broken',
        original.stack,
      ]);
    },
  );

  test('keep code, own properties and the chain of causes', () => {
    const root = Object.assign(new TypeError('root'), { code: 'E_ROOT' });
    const middle = new Error('middle', { cause: root });
    const original = Object.assign(new Error('top', { cause: middle }), {
      rows: [1, { a: new Date(0) }],
      status: 4,
    });
    const error = crossed(original);
    expect(error).toMatchObject({ rows: [1, { a: new Date(0) }], status: 4 });
    expect(error.cause).toMatchObject({
      message: 'middle',
      cause: { message: 'root', code: 'E_ROOT' },
    });
    expect((error.cause as Error).cause).toBeInstanceOf(TypeError);
    expect(Object.keys(error)).toEqual(['rows', 'status']);
  });

  test('a cause that is no error, and one that is undefined, stay so', () => {
    expect(crossed(new Error('a', { cause: 'text' })).cause).toBe('text');
    expect(Object.hasOwn(crossed(new Error('a')), 'cause')).toBe(false);
  });

  test('an AggregateError keeps its errors', () => {
    const error = crossed(new AggregateError([new RangeError('one'), 'two'], 'all'));
    expect(error).toBeInstanceOf(AggregateError);
    expect(error['errors']).toMatchObject([{ name: 'RangeError', message: 'one' }, 'two']);
  });

  test('an AbortError stays a DOMException', () => {
    const { reason } = AbortSignal.abort();
    const error = crossed(reason);
    expect([error.name, error.message]).toEqual([
      (reason as Error).name,
      (reason as Error).message,
    ]);
    expect(error).toBeInstanceOf(DOMException);
  });

  test('one of a registered class is of that class, without its constructor', () => {
    registerErrorClass(PaymentError);
    const error = crossed(new PaymentError(7));
    expect(error).toBeInstanceOf(PaymentError);
    expect(error).toMatchObject({ amount: 7, owed: 14, code: 'E_PAYMENT', name: 'PaymentError' });
  });

  test('one of an unknown class is a RemoteError with its name', () => {
    const error = crossed(Object.assign(new UnknownError('what'), { hint: 'ask' }));
    expect(error).toBeInstanceOf(RemoteError);
    expect(error).toMatchObject({
      name: 'UnknownError',
      message: 'what',
      type: 'UnknownError',
      hint: 'ask',
    });
  });

  test('one of this project is recognised by is()', () => {
    const error = crossed(new InvalidArgumentError('no'));
    expect(InvalidArgumentError.is(error)).toBe(true);
    expect(error['code']).toBe('ERR_PROC_INVALID_ARGUMENT');
  });

  test.each([
    ['text', '"text"'],
    [undefined, 'undefined'],
    [null, 'null'],
    [4, '4'],
  ])('something else that was thrown is there as `thrown`: %p', (thrown, text) => {
    const error = crossed(thrown);
    expect(error).toBeInstanceOf(RemoteError);
    expect(error['thrown']).toBe(thrown);
    expect(error.message).toContain(text);
  });

  test('what can not be copied is named, not sent', () => {
    const error = crossed(Object.assign(new Error('a'), { socket: () => 1, status: 3 }));
    expect(error['status']).toBe(3);
    expect('socket' in error).toBe(false);
    expect(error['lostProperties']).toEqual(['socket']);
  });

  test.each([
    [
      'a getter that throws',
      Object.defineProperty(new Error('a'), 'trap', {
        enumerable: true,
        get() {
          throw new Error('no');
        },
      }),
    ],
    ['a name that is no text', Object.assign(new Error('a'), { name: 4 })],
    ['a message that is no text', Object.assign(new Error('a'), { message: Symbol('a') })],
    ['a revoked proxy', revoked()],
    ['a function', () => 1],
    ['a symbol', Symbol('a')],
  ])('nothing makes it throw: %s', (_, thrown) => {
    expect(crossed(thrown)).toBeInstanceOf(Error);
  });

  test('a circle of causes ends', () => {
    const one = new Error('one');
    one.cause = new Error('two', { cause: one });
    const error = crossed(one);
    expect((error.cause as Error).message).toBe('two');
    expect(typeof (error.cause as Error).cause).toBe('string');
  });

  test('errors that all hold one another do not become more and more', () => {
    const errors = Array.from({ length: 30 }, (_, index) => new AggregateError([], `${index}`));
    for (const error of errors) error.errors = errors;
    const text = JSON.stringify(encodeError(errors[0]));
    expect(text.match(/"kind":"error"/g)?.length).toBeLessThan(10_000);
    expect(crossed(errors[0])['errors']).toHaveLength(30);
  });

  test('two classes can not be registered under one name', () => {
    registerErrorClass(PaymentError);
    const other = { PaymentError: class PaymentError extends Error {} }.PaymentError;
    expect(() => registerErrorClass(other)).toThrow(InvalidArgumentError);
    expect(() => registerErrorClass(Map as never)).toThrow(InvalidArgumentError);
  });
});

function revoked(): unknown {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
