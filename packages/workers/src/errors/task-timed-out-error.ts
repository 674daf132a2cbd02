import { ProcError } from '@proc/core/essentials';

/** Which limit was exceeded: of one attempt, of the waiting until it begins, or of all together. */
export type TaskLimit = 'timeout' | 'queueTimeout' | 'deadline';

const WHAT: Readonly<Record<TaskLimit, string>> = {
  timeout: 'ran for longer than',
  queueTimeout: 'had not begun after',
  deadline: 'was not done within',
};

/** A task took longer than it may; `limit` says in what. */
export class TaskTimedOutError extends ProcError {
  readonly code = 'ERR_PROC_TASK_TIMED_OUT';

  constructor(
    readonly taskId: string,
    readonly taskName: string,
    readonly limit: TaskLimit,
    /** Milliseconds. */
    readonly limitMs: number,
  ) {
    const task = taskName === '' ? taskId : `"${taskName}"`;
    super(`Task ${task} ${WHAT[limit]} ${limitMs} ms.`);
  }
}
