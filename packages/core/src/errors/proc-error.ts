import { CallSite } from '../diagnostics/call-site.js';
import { defineHidden } from '../kernel/define-hidden.js';
import { probe } from '../kernel/probe.js';
import { setLineage, lineageOf, type Lineage } from './lineage.js';

/**
 * Root of all errors of this project.
 *
 * Recognise them with `is()` or by `code`: unlike `instanceof`, both work across realms (a test runner's sandbox)
 * and across copies of the package.
 */
export abstract class ProcError extends Error {
  /** Stable name of the condition, `ERR_PROC_…`. */
  abstract readonly code: string;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    setLineage(this, lineage(new.target));
    defineHidden(this, 'name', new.target.name, { configurable: true, writable: true });
    // Now that the name is known. Whoever made the mistake is looked for among his own frames, not among ours.
    CallSite.capture(new.target as never).pointTo(this);
  }

  /** Whether a value is an error of this class or of a subclass. */
  static is<T extends ProcError>(
    this: abstract new (...args: never[]) => T,
    value: unknown,
  ): value is T {
    return probe(() => lineageOf(value)?.has(this.name)) ?? false;
  }
}

const lineages = new WeakMap<object, Lineage>();

function lineage(type: { readonly name: string }): Lineage {
  let names = lineages.get(type);
  if (names === undefined) {
    const parent = Object.getPrototypeOf(type) as { readonly name: string } | null;
    const inherited = parent === null || type === ProcError ? [] : lineage(parent);
    names = new Set([...inherited, type.name]);
    lineages.set(type, names);
  }
  return names;
}
