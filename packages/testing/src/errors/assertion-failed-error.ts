import { ProcError } from '@proc/core';

/** An assertion about processes does not hold. Test runners show `expected` and `actual` as a difference. */
export class AssertionFailedError extends ProcError {
  readonly code = 'ERR_PROC_ASSERTION';
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
