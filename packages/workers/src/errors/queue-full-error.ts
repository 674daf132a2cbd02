import { ProcError } from '@proc/core/essentials';

/** As many tasks wait as may. */
export class QueueFullError extends ProcError {
  readonly code = 'ERR_PROC_QUEUE_FULL';

  constructor(
    readonly poolName: string,
    readonly limit: number,
  ) {
    super(
      `The pool "${poolName}" is full: its maxQueue is ${limit}. Await pool.drained(), or let tasks wait with ` +
        `whenFull: 'wait'.`,
    );
  }
}
