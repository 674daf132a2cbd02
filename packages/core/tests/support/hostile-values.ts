import { PassThrough } from 'node:stream';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { plain, sample, type Sample } from './samples.js';

function refuse(): never {
  throw new TypeError('not to be looked at');
}

const TRAPS = [
  'get',
  'has',
  'ownKeys',
  'getPrototypeOf',
  'getOwnPropertyDescriptor',
  'apply',
  'construct',
] as const;

function guarded(target: object, traps: readonly string[] = TRAPS): object {
  return new Proxy(target, Object.fromEntries(traps.map((trap) => [trap, refuse])));
}

function revoked(target: object): object {
  const { proxy, revoke } = Proxy.revocable(target, {});
  revoke();
  return proxy;
}

function cycle(): unknown {
  const list: unknown[] = [];
  const object = { list, self: {} };
  object.self = object;
  list.push(object);
  return object;
}

function withGetter(key: PropertyKey): object {
  return Object.defineProperty({}, key, { get: refuse, enumerable: true });
}

function closed(stream: PassThrough): PassThrough {
  return stream.on('error', () => undefined).destroy();
}

function lockedStream(): ReadableStream {
  const stream = new ReadableStream();
  stream.getReader();
  return stream;
}

/** Values that do not let themselves be looked at, look like something else, or fail later. */
const MAKERS: Readonly<Record<string, () => unknown>> = {
  'a proxy that refuses': () => guarded({}),
  'a proxy of a list that refuses': () => guarded([]),
  'a proxy of a function that refuses': () => guarded(() => undefined),
  'a proxy that shows no keys': () => guarded({ a: 1 }, ['ownKeys']),
  'a proxy without a prototype': () => guarded({ a: 1 }, ['getPrototypeOf']),
  'a revoked proxy': () => revoked({}),
  'a revoked proxy of a list': () => revoked([]),
  'a revoked proxy of a function': () => revoked(() => undefined),
  'an object without a prototype': () => Object.create(null) as unknown,
  'an object that contains itself': cycle,
  'an object that is no text': () => ({ toString: refuse, [Symbol.toPrimitive]: refuse }),
  'an object that can not be inspected': () => ({ [inspect.custom]: refuse, toJSON: refuse }),
  'an object with a tag that throws': () => withGetter(Symbol.toStringTag),
  'an object with a then that throws': () => withGetter('then'),
  ...Object.fromEntries(
    ['a', 'policy', 'limit', 'times', 'seconds', 'stdout', 'read', 'cpu', 'timeout', 'mode'].map(
      (key) => [`an object whose ${key} throws`, () => withGetter(key)],
    ),
  ),
  'a heap of keys': () =>
    JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}',
    ) as unknown,
  'a map': () => new Map([['a', 1]]),
  'a set': () => new Set(['a']),
  'a date': () => new Date(0),
  'an invalid date': () => new Date(NaN),
  'a regular expression': () => /a/g,
  'an error': () => new Error('an error'),
  'a promise': () => new Promise(() => undefined),
  'a weak map': () => new WeakMap(),
  'a boxed string': () => Object('ls') as unknown,
  'a function that throws': () => refuse,
  'an async function': () => async () => undefined,
  'a class': () => URLSearchParams,
  'a buffer': () => Buffer.from('a'),
  'an array buffer': () => new ArrayBuffer(4),
  'a shared array buffer': () => new SharedArrayBuffer(4),
  'a view of data': () => new DataView(new ArrayBuffer(4)),
  'a list of floats': () => new Float64Array(2),
  'a web address': () => new URL('http://example.com/a'),
  'a data URL': () => new URL('data:,a'),
  'a file of another host': () => new URL('file://host/a'),
  'a file URL with a NUL': () => new URL('file:///a%00b'),
  'a file URL that is none': () => new URL('file:///%'),
  'a list': () => ['a', 'b'],
  'a list with holes': () => new Array<unknown>(3),
  'a list of lists': () => [['a']],
  'a list of symbols': () => [Symbol('a')],
  'a list of nothing': () => [null, undefined],
  'a list of objects without text': () => [Object.create(null) as unknown],
  'an iterator': () => ['a'][Symbol.iterator](),
  'an iterable that throws': () => ({ [Symbol.iterator]: refuse }),
  'an iterable that is none': () => ({ [Symbol.iterator]: 5 }),
  'an async iterable that is none': () => ({ [Symbol.asyncIterator]: null }),
  'a generator that throws': () =>
    (function* () {
      yield 'a';
      refuse();
    })(),
  'an async generator of nothing': () =>
    (async function* () {
      yield undefined;
    })(),
  'a stream that has ended': () => new PassThrough().end(),
  'a stream that was destroyed': () => closed(new PassThrough()),
  'a stream of objects': () => new PassThrough({ objectMode: true }),
  'a stream that is none': () => ({ pipe: refuse, read: refuse }),
  'a stream without a return': () => ({
    pipe: () => undefined,
    read: () => undefined,
    on: () => undefined,
  }),
  'a target that is none': () => ({ write: () => true }),
  'a target that throws': () => Object.assign(new PassThrough(), { write: refuse }),
  'a web stream that is none': () => ({ getReader: refuse }),
  'a web stream that is locked': lockedStream,
  'an abort signal': () => new AbortController().signal,
  'an aborted signal': () => AbortSignal.abort(new Error('aborted')),
  'a signal aborted for an object without text': () => AbortSignal.abort(Object.create(null)),
  'an abort signal that is none': () => ({ aborted: false, addEventListener: 5 }),
  'an abort signal that throws': () => ({
    get aborted() {
      return refuse();
    },
    addEventListener: refuse,
    removeEventListener: refuse,
  }),
  'a secret that is none': () => ({ [Symbol.for('@proc/core/Secret')]: true }),
  'a running process that is none': () => ({ [Symbol.for('@proc/core/RunningProcess')]: true }),
  'an automatic shell': () => ({ auto: true }),
};

const PRIMITIVES = [
  undefined,
  null,
  true,
  false,
  0,
  -0,
  1,
  -1,
  0.5,
  NaN,
  Infinity,
  -Infinity,
  10n,
  '',
  ' ',
  'a',
  'a\0b',
  '\ud800',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '-1s',
  'x'.repeat(100_000),
];

const LARGE = [
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e308,
  -(2 ** 31),
  '1h',
  '1e9ms',
  '9'.repeat(400) + 's',
];

/** Values of that table whose name matches. */
export function those(pattern: RegExp): fc.Arbitrary<Sample> {
  const entries = Object.entries(MAKERS).filter(([label]) => pattern.test(label));
  return fc.constantFrom(...entries.map(([label, make]) => sample(`<${label}>`, make)));
}

const objects = those(/./);
const symbol = fc.constant(sample('<a symbol>', () => Symbol('a')));

/** Values that are no good, or good only in some places; none of them is a long time or a large number. */
export const hostile: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 4, arbitrary: objects },
  { weight: 3, arbitrary: plain(...PRIMITIVES) },
  symbol,
);

/** The same, with long times and large numbers. */
export const hostileOrLarge: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 4, arbitrary: hostile },
  plain(...LARGE),
);

/** Names of properties that nobody should set. */
export const hostileKeys: fc.Arbitrary<string> = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '__defineGetter__',
  'then',
  'length',
  '0',
  '',
  'tiemout',
  'TIMEOUT',
  'x'.repeat(10_000),
);
