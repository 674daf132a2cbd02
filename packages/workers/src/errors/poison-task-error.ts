import { ProcError } from '@proc/core/essentials';

/** A task was there each time a worker died; it is not tried again. `cause` is the last crash. */
export class PoisonTaskError extends ProcError {
  readonly code = 'ERR_PROC_POISON_TASK';

  constructor(
    readonly taskId: string,
    readonly taskName: string,
    readonly crashes: number,
    cause: unknown,
  ) {
    const task = taskName === '' ? taskId : `"${taskName}"`;
    super(`Task ${task} is not tried again: ${crashes} workers died of it.`, { cause });
  }
}
