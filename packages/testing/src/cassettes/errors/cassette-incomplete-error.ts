import { ProcError } from '@proc/core';

/** A cassette came to its end too early: something has not been used, or still runs and could not be recorded. */
export class CassetteIncompleteError extends ProcError {
  readonly code = 'ERR_PROC_CASSETTE_INCOMPLETE';

  constructor(
    message: string,
    /** The command lines in question. */
    readonly commands: readonly string[],
  ) {
    super(message);
  }
}
