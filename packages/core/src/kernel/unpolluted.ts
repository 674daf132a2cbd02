import { ownOnly } from './own-only.js';

/** What `Object.prototype` has of its own. */
const STANDARD: ReadonlySet<PropertyKey> = new Set([
  ...['constructor', '__proto__', 'hasOwnProperty', 'isPrototypeOf', 'propertyIsEnumerable'],
  ...['toString', 'toLocaleString', 'valueOf'],
  ...['__defineGetter__', '__defineSetter__', '__lookupGetter__', '__lookupSetter__'],
]);

const isStandard = (key: PropertyKey): boolean => STANDARD.has(key);

/** Whether every object inherits something that the language does not give it. */
export function isPolluted(): boolean {
  return !Reflect.ownKeys(Object.prototype).every(isStandard);
}

/**
 * Calls a function while nothing that somebody has added to `Object.prototype` is there; it is put back afterwards.
 * Options can say everything themselves, but execa and Node also read what they have not set from objects of their own:
 * `Object.prototype.file` would be run instead of any program, and `Object.prototype.ipc` would cost it its streams.
 *
 * What can not be taken away stays: say there what must not be inherited.
 *
 * Only for functions that are synchronous and call no code of others.
 */
export function unpolluted<T>(call: () => T): T {
  if (!isPolluted()) return call();
  const prototype = Object.prototype;
  const added = new Map<PropertyKey, PropertyDescriptor>();
  for (const key of Reflect.ownKeys(prototype)) {
    const descriptor = Reflect.getOwnPropertyDescriptor(prototype, key);
    if (STANDARD.has(key) || descriptor === undefined) continue;
    added.set(key, ownOnly(descriptor));
  }
  for (const key of added.keys()) Reflect.deleteProperty(prototype, key);
  try {
    return call();
  } finally {
    for (const [key, descriptor] of added) Object.defineProperty(prototype, key, descriptor);
  }
}
