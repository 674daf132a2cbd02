/**
 * The object without a prototype, so that only what it says itself is read from it: options and property descriptors
 * for code that also reads what an object inherits must not be changed by whoever has polluted `Object.prototype`.
 */
export function ownOnly<T extends object>(object: T): T {
  return Object.assign(Object.create(null) as T, object);
}
