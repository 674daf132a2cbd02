import { ProcError } from '@proc/core';

/** An assertion about tasks does not hold. Test runners show `expected` and `actual` as a difference. */
export class TaskAssertionError extends ProcError {
  readonly code = 'ERR_PROC_TASK_ASSERTION';
  /** Asks runners that have the choice (Mocha, Vitest) to show the difference. */
  readonly showDiff = true;

  constructor(
    message: string,
    readonly expected: unknown,
    readonly actual: unknown,
  ) {
    super(message);
  }
}
