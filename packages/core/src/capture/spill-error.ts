import { tmpdir } from 'node:os';

/** What was to be kept in a file could not be; `code` and `cause` are the system's. */
export class SpillError extends Error {
  readonly code: string | undefined;

  constructor(cause: unknown) {
    const { message, code } = cause as NodeJS.ErrnoException;
    const variable = process.platform === 'win32' ? 'TEMP' : 'TMPDIR';
    super(
      `what does not fit into memory goes to a file in the temporary folder "${tmpdir()}", ` +
        `and that failed: ${message}. To use another folder, set ${variable}`,
      { cause },
    );
    this.name = 'SpillError';
    this.code = code;
  }
}

/** Says for a message why the output had nowhere to go. */
export function receiverFailure(cause: unknown): string {
  return cause instanceof SpillError
    ? 'its output could not be kept'
    : 'a receiver of its output failed';
}
