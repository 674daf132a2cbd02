import { types } from 'node:util';
import { lineageOf, showValue } from '@proc/core/essentials';
import type { EncodedError, ErrorEnvelope } from './error-envelope.js';
import { isCloneable } from './uncloneable-value-error.js';

/** Deep enough for any honest chain of causes. */
const DEEPEST = 20;

/** Values in all. One that many errors hold crosses once for each, and they may all hold one another. */
const MOST = 10_000;
const TOO_MANY: ErrorEnvelope = { kind: 'lost', text: 'More than can be told.' };

/** What crosses by itself, each in a way of its own. */
const SPECIAL = new Set(['name', 'message', 'stack', 'cause', 'errors']);

/** Makes plain data of whatever was thrown. Never throws: what can't be copied is described instead. */
export function encodeError(thrown: unknown): ErrorEnvelope {
  return encode(thrown, { within: [], counter: { left: MOST } });
}

/** Where a value was found. */
interface Around {
  /** Errors that it is within, from the outermost. */
  readonly within: readonly unknown[];
  /** How many values may follow, wherever they are. */
  readonly counter: { left: number };
}

function encode(value: unknown, { within, counter }: Around): ErrorEnvelope {
  if (counter.left === 0) return TOO_MANY;
  counter.left -= 1;
  // The stricter of the two ways to cross.
  if (!isError(value))
    return isCloneable(value, 'process') ? { kind: 'value', value } : lost(value);
  if (within.includes(value) || within.length >= DEEPEST) return lost(value);
  const inner = { within: [...within, value], counter };
  const cause = Object.hasOwn(value, 'cause') ? read(value, 'cause') : undefined;
  const errors = read(value, 'errors');
  const lineage = attempt(() => lineageOf(value));
  return {
    kind: 'error',
    name: textOf(value, 'name') ?? 'Error',
    type: typeOf(value),
    message: textOf(value, 'message') ?? '',
    stack: textOf(value, 'stack'),
    properties: propertiesOf(value, inner),
    ...(cause !== undefined && { cause: encode(cause, inner) }),
    ...(Array.isArray(errors) && { errors: errors.map((each) => encode(each, inner)) }),
    ...(lineage && { lineage: [...lineage] }),
  };
}

function propertiesOf(error: object, around: Around): EncodedError['properties'] {
  const names = attempt(() => Object.keys(error)) ?? [];
  return names
    .filter((name) => !SPECIAL.has(name))
    .map((name) => [name, encode(read(error, name), around)] as const);
}

/** Also one of another realm, or one that only inherits from Error. */
function isError(value: unknown): value is object {
  if (types.isNativeError(value) || attempt(() => value instanceof Error) === true) return true;
  // Node 20 does not count it as one of its own.
  return attempt(() => Object.prototype.toString.call(value)) === '[object DOMException]';
}

function lost(value: unknown): ErrorEnvelope {
  return { kind: 'lost', text: showValue(value) };
}

function typeOf(error: object): string {
  const type = attempt(() => (error.constructor as { readonly name?: unknown }).name);
  return typeof type === 'string' && type !== '' ? type : 'Error';
}

function textOf(error: object, name: string): string | undefined {
  const text = read(error, name);
  return typeof text === 'string' ? text : undefined;
}

function read(error: object, name: string): unknown {
  return attempt(() => Reflect.get(error, name) as unknown);
}

/** Getters and proxies of somebody else's may throw. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
