import type { ModuleReference } from './task-reference.js';

declare const SIGNATURE: unique symbol;

/**
 * A function named by its module and export. It goes wherever a function for a worker goes, and has that function's
 * type. Made by {@link task} and {@link defineTasks}.
 */
export class ModuleTask<F extends (...args: never[]) => unknown = (...args: never[]) => unknown> {
  declare readonly [SIGNATURE]: F;
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
