import { probe } from '../kernel/probe.js';
import type { SecretTable } from './secret-table.js';

/** Longest chain of causes that is followed. */
const DEEPEST = 8;

/**
 * The cause of an error, without secrets: the same object when there are none in it, else a copy with the same
 * prototype and clean texts. Errors of the system carry the arguments of what they were about.
 */
export function redactCause(cause: unknown, secrets: SecretTable, depth = 0): unknown {
  if (secrets.isEmpty || depth > DEEPEST) return cause;
  if (typeof cause === 'string') return secrets.redact(cause);
  if (typeof cause !== 'object' || cause === null) return cause;
  if (Array.isArray(cause)) {
    const items = cause.map((item: unknown) => redactCause(item, secrets, depth + 1));
    return items.some((item, index) => item !== cause[index]) ? items : cause;
  }
  // What does not let itself be looked at may hold anything.
  const isOpen = probe(() => isPlainOrError(cause));
  if (isOpen !== true) return isOpen === false ? cause : undefined;
  const changes = Reflect.ownKeys(cause).flatMap((key) => {
    const value = read(cause, key);
    const clean = redactCause(value, secrets, depth + 1);
    return clean === value ? [] : [[key, clean] as const];
  });
  if (changes.length === 0) return cause;
  const descriptors = Object.getOwnPropertyDescriptors(cause) as Record<
    PropertyKey,
    PropertyDescriptor
  >;
  for (const [key, value] of changes) {
    const enumerable = descriptors[key]?.enumerable ?? true;
    descriptors[key] = { value, enumerable, configurable: true, writable: true };
  }
  return Object.create(Object.getPrototypeOf(cause) as object | null, descriptors);
}

function isPlainOrError(value: object): boolean {
  if (value instanceof Error) return true;
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === null || prototype === Object.prototype || 'stack' in value;
}

function read(object: object, key: PropertyKey): unknown {
  try {
    return Reflect.get(object, key) as unknown;
  } catch {
    return undefined;
  }
}
