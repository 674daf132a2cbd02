import { ProcError } from '@proc/core';

/** A sequence of fakes was asked for more than it holds. Nothing was started. */
export class SequenceEmptyError extends ProcError {
  readonly code = 'ERR_PROC_SEQUENCE_EMPTY';
}
