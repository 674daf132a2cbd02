import { inspect, types } from 'node:util';
import { causeText } from '../diagnostics/cause-text.js';
import { probe } from '../kernel/probe.js';
import type { SecretTable } from './secret-table.js';

/** Longest chain of causes, and of things in things, that is followed; what comes after it is only a text. */
const DEEPEST = 100;
/** How objects of foreign classes are shown, whose content can not be copied. */
const SHOWN = { depth: 4, maxArrayLength: 1000, maxStringLength: 100_000 } as const;
/** What errors may have from their class: as getters, say. */
const OF_ERRORS: readonly (string | symbol)[] = ['name', 'message', 'stack', 'cause', 'code'];

/**
 * The cause of an error, without secrets: the same object when there are none in it, else a copy with the same
 * prototype and clean texts. Errors of the system carry the arguments of what they were about. Of objects that can not
 * be copied (those of foreign classes, bytes) there is a text where they show a secret.
 */
export function redactCause(cause: unknown, secrets: SecretTable): unknown {
  if (secrets.isEmpty) return cause;
  const redaction = new CauseRedaction(secrets);
  return redaction.shows(cause) ? redaction.copy(cause) : cause;
}

class CauseRedaction {
  readonly #secrets: SecretTable;
  readonly #seen = new Set<object>();
  /** Of what has been met before, also around itself. */
  readonly #copies = new Map<object, unknown>();

  constructor(secrets: SecretTable) {
    this.#secrets = secrets;
  }

  /** Whether a secret can be seen in a value. */
  shows(value: unknown, depth = 0): boolean {
    if (!isObject(value)) return this.#leaf(value) !== value;
    if (this.#seen.has(value)) return false;
    this.#seen.add(value);
    if (depth > DEEPEST) return true;
    const parts = partsOf(value);
    if (parts === undefined) return this.#opaque(value) !== value;
    return parts.flat().some((part) => this.shows(part, depth + 1));
  }

  copy(value: unknown, depth = 0): unknown {
    if (!isObject(value)) return this.#leaf(value);
    if (this.#copies.has(value)) return this.#copies.get(value);
    const parts = partsOf(value);
    if (parts === undefined) return this.#opaque(value);
    if (depth > DEEPEST) return this.#secrets.redact(causeText(value));
    const copy = emptyCopy(value);
    this.#copies.set(value, copy);
    for (const [key, item] of parts) {
      this.#put(copy, value, this.copy(key, depth + 1), this.copy(item, depth + 1));
    }
    return copy;
  }

  #put(copy: object, original: object, key: unknown, item: unknown): void {
    if (types.isMap(copy)) copy.set(key, item);
    else if (types.isSet(copy)) copy.add(item);
    else {
      const known = Reflect.getOwnPropertyDescriptor(original, key as PropertyKey);
      // It has that already, from the prototype that it shares.
      if (
        known === undefined &&
        probe((): unknown => Reflect.get(copy, key as PropertyKey)) === item
      )
        return;
      const enumerable = known?.enumerable ?? !OF_ERRORS.includes(key as string);
      const descriptor = { value: item, enumerable, configurable: true, writable: true };
      Reflect.defineProperty(copy, key as PropertyKey, descriptor);
    }
  }

  #leaf(value: unknown): unknown {
    if (typeof value === 'string') return this.#secrets.redact(value);
    if (typeof value !== 'symbol') return value;
    const { description = '' } = value;
    const clean = this.#secrets.redact(description);
    return clean === description ? value : Symbol(clean);
  }

  #opaque(value: object): unknown {
    const text = probe(() => (types.isUint8Array(value) ? textOf(value) : inspect(value, SHOWN)));
    // What does not let itself be looked at may hold anything.
    if (text === undefined || probe(() => kindOf(value)) === undefined) return undefined;
    const clean = this.#secrets.redact(text);
    return clean === text ? value : clean;
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** What an object consists of, where a copy of it can be made of that: pairs of key and value. */
function partsOf(value: object): readonly (readonly [key: unknown, item: unknown])[] | undefined {
  const kind = probe(() => kindOf(value));
  if (types.isMap(value) && kind === 'collection') return [...value];
  if (types.isSet(value) && kind === 'collection') {
    return [...value].map((item) => [undefined, item] as const);
  }
  if (kind === undefined || kind === 'collection' || kind === 'other') return undefined;
  const own = Reflect.ownKeys(value).filter((key) => kind !== 'list' || key !== 'length');
  const inherited = OF_ERRORS.filter(
    (key) => kind === 'error' && !own.includes(key) && key in value,
  );
  return [...own, ...inherited].map((key) => [
    key,
    probe(() => Reflect.get(value, key) as unknown),
  ]);
}

function kindOf(value: object): 'error' | 'list' | 'plain' | 'collection' | 'other' {
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'function') return 'other';
  if (types.isMap(value) || types.isSet(value)) return 'collection';
  if (types.isNativeError(value) || value instanceof Error || 'stack' in value) return 'error';
  const prototype = Object.getPrototypeOf(value) as object | null;
  // Also of another realm, whose Object.prototype is another one.
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain ? 'plain' : 'other';
}

/** Of the same kind for those who look: errors are told by more than their prototype. */
function emptyCopy(value: object): object {
  const prototype = Object.getPrototypeOf(value) as object | null;
  if (types.isMap(value)) return new Map();
  if (types.isSet(value)) return new Set();
  if (Array.isArray(value)) return [];
  if (!types.isNativeError(value)) return Object.create(prototype) as object;
  const error = Object.setPrototypeOf(new Error(), prototype) as object;
  for (const key of Reflect.ownKeys(error)) Reflect.deleteProperty(error, key);
  return error;
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString();
}
