import { ownOnly } from './own-only.js';

/** Gives an object a property that is not listed, and by default can be neither changed nor removed. */
export function defineHidden(
  target: object,
  name: PropertyKey,
  value: unknown,
  { configurable = false, writable = false }: { configurable?: boolean; writable?: boolean } = {},
): void {
  // A descriptor is read with what it inherits: a polluted `get` would make it invalid.
  Object.defineProperty(
    target,
    name,
    ownOnly({ value, configurable, writable, enumerable: false }),
  );
}
