import { ProcError } from '@proc/core/essentials';

/** The function failed for one of the items; `cause` is its error. What had not begun was not run. */
export class ItemFailedError extends ProcError {
  readonly code = 'ERR_PROC_ITEM_FAILED';

  constructor(
    /** Which item, from 0. */
    readonly index: number,
    cause: unknown,
    /** Which is the last one it may have been: more than `index` when a worker was lost with several items. */
    readonly lastIndex = index,
  ) {
    super(`${which(index, lastIndex)} failed: ${messageOf(cause)}`, { cause });
  }
}

function which(index: number, last: number): string {
  return index === last ? `Item ${index}` : `One of the items ${index} to ${last}`;
}

function messageOf(error: unknown): string {
  const message = (error as { message?: unknown } | null | undefined)?.message;
  return typeof message === 'string' ? message : String(error);
}
