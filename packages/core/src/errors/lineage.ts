import { defineHidden } from '../kernel/define-hidden.js';
import { probe } from '../kernel/probe.js';

const BRAND = Symbol.for('@proc/core/ProcError');

/** The names of the classes that an error is one of: they hold across realms and copies of the package. */
export type Lineage = ReadonlySet<string>;

/** The lineage of an error of this project; `undefined` for anything else. Never throws. */
export function lineageOf(value: unknown): Lineage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  return probe(() => (value as { readonly [BRAND]?: Lineage })[BRAND]);
}

/**
 * Says of which classes an error is for `is()`. May be said again: one that was written down is read as another class.
 */
export function setLineage(error: object, lineage: Lineage): void {
  defineHidden(error, BRAND, lineage, { configurable: true });
}
