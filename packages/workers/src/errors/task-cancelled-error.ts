import { ProcError } from '@proc/core/essentials';

/** A task was cancelled; `cause` is the reason that was given. */
export class TaskCancelledError extends ProcError {
  readonly code = 'ERR_PROC_TASK_CANCELLED';

  constructor(
    readonly taskId: string,
    readonly taskName: string,
    cause?: unknown,
  ) {
    const task = taskName === '' ? taskId : `"${taskName}"`;
    super(`Task ${task} was cancelled.`, cause === undefined ? undefined : { cause });
  }
}
