import { ProcError } from '@proc/core';

/** The error of an entry that ended in an earlier run: its name, `code` and message, read from a journal. */
export class RestoredError extends ProcError {
  readonly code: string;

  constructor({ code, message }: { readonly code: string; readonly message: string }) {
    super(message);
    this.code = code;
  }
}
