import { ProcError } from '@proc/core';

/** A cassette can not be read: it is no JSON, or not what a recording writes. Nothing was started. */
export class CassetteFormatError extends ProcError {
  readonly code = 'ERR_PROC_CASSETTE_FORMAT';

  constructor(
    /** The file. */
    readonly path: string,
    /** The line, or the field such as `entries[2].exit`. */
    readonly place: string,
    problem: string,
  ) {
    super(`The cassette ${path} can not be read, at ${place}: ${problem}`);
  }
}
