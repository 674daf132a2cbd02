import type { ModuleReference } from './task-reference.js';

declare const SIGNATURE: unique symbol;

const BRAND = Symbol.for('@proc/workers/ModuleTask');

/**
 * A function named by its module and export. It goes wherever a function for a worker goes, and has that function's
 * type. Made by {@link task} and {@link defineTasks}.
 */
export class ModuleTask<F extends (...args: never[]) => unknown = (...args: never[]) => unknown> {
  declare readonly [SIGNATURE]: F;
  readonly [BRAND] = true;
  readonly #reference: () => ModuleReference;
  #known: ModuleReference | undefined;

  constructor(
    /** A `file:` URL. */
    readonly url: string,
    readonly exportName: string,
    reference: () => ModuleReference,
  ) {
    this.#reference = reference;
  }

  /**
   * What crosses to the worker.
   *
   * @throws {@link TaskLoadError} when there is no such file
   */
  reference(): ModuleReference {
    this.#known ??= this.#reference();
    return this.#known;
  }
}

/** Whether a value is a task of a module, made by this or by another copy of the package. */
export function isModuleTask(value: unknown): value is ModuleTask {
  return typeof value === 'object' && value !== null && BRAND in value;
}
