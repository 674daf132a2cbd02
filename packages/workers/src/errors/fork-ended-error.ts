import { ProcError } from '@proc/core/essentials';

/** A forked process ended before its function did: by a signal, by `process.exit()`, or because it crashed. */
export class ForkEndedError extends ProcError {
  readonly code = 'ERR_PROC_FORK_ENDED';

  constructor(
    functionName: string,
    /** null when a signal ended it. */
    readonly exitCode: number | null,
    errorOutput: string,
  ) {
    const how = exitCode === null ? 'by a signal' : `with exit code ${exitCode}`;
    const which = functionName === '' ? 'a function' : `"${functionName}"`;
    const said = errorOutput.trim().split('\n').slice(-5).join('\n');
    super(
      `The process of ${which} ended ${how} before its function had returned.` +
        (said === '' ? '' : ` It said:\n${said}`),
    );
  }
}
