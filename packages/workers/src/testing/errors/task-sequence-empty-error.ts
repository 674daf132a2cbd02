import { ProcError } from '@proc/core';

/** A sequence of fakes was asked for more than it holds. */
export class TaskSequenceEmptyError extends ProcError {
  readonly code = 'ERR_PROC_TASK_SEQUENCE_EMPTY';
}
