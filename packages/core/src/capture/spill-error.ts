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
