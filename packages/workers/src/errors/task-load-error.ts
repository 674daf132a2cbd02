import { ProcError } from '@proc/core/essentials';

/**
 * The function of a task could not be had in the worker: no such file, no such export, a module that throws or is not
 * loaded in time, or TypeScript that nothing there can read. Nothing has run.
 */
export class TaskLoadError extends ProcError {
  readonly code = 'ERR_PROC_TASK_LOAD';

  constructor(
    message: string,
    /** The module, as a `file:` URL; undefined for the text of a function. */
    readonly url: string | undefined,
    readonly exportName: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
