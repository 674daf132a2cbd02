import { ProcError } from '@proc/core/essentials';

/** A worker was gone, or took too long, before it was ready. `cause` is what its `setup` threw, where that was it. */
export class WorkerStartError extends ProcError {
  readonly code = 'ERR_PROC_WORKER_START';

  constructor(
    readonly workerId: number,
    problem: string,
    cause?: unknown,
  ) {
    // What a system or a loader says may be a sentence.
    super(
      `Worker ${workerId} ${problem.replace(/\.$/, '')}.`,
      cause === undefined ? undefined : { cause },
    );
  }
}
