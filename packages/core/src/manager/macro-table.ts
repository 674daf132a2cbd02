import type { Launchable } from '../contracts/launchable.js';
import { InvalidArgumentError } from '../errors/invalid-argument-error.js';
import { defineHidden } from '../kernel/define-hidden.js';
import { isPlugInMember } from './plug-in-members.js';

type Macro = (...args: never[]) => unknown;

/** The methods that have been added to a manager, and the verbs added to entry builders. */
export class MacroTable {
  readonly #names = new Set<string>();
  readonly #entries = new Map<string, (...args: never[]) => Launchable>();

  get entries(): ReadonlyMap<string, (...args: never[]) => Launchable> {
    return this.#entries;
  }

  has(name: string): boolean {
    return this.#names.has(name);
  }

  /**
   * Adds a method to `target`, called with it as `this`.
   *
   * @throws {@link InvalidArgumentError} for a name that the target itself uses
   */
  define(target: object, name: string, fn: Macro): void {
    if (name === '' || name === 'then') {
      throw new InvalidArgumentError(
        `A macro can not be called "${name}": the manager must not look like a promise.`,
      );
    }
    if (typeof fn !== 'function') throw new InvalidArgumentError('A macro is a function.');
    if (!this.#names.has(name) && isOwnMember(target, name)) {
      throw new InvalidArgumentError(`A macro can not replace ProcessManager.${name}.`);
    }
    this.#names.add(name);
    defineHidden(target, name, fn.bind(target as never), { configurable: true });
  }

  defineEntry(name: string, make: (...args: never[]) => Launchable): void {
    this.#entries.set(name, make);
  }
}

/** Whether a member belongs to the class itself; placeholders for plug-ins are configurable and may be replaced. */
function isOwnMember(target: object, name: string): boolean {
  return name in target && !isPlugInMember(name);
}
