import { ProcError } from '@proc/core/essentials';

/**
 * What came from a worker is nothing that workers say: something else has written into its channel. The worker is
 * ended, and this is the `cause` of the {@link WorkerCrashedError} of its tasks.
 */
export class WorkerProtocolError extends ProcError {
  readonly code = 'ERR_PROC_WORKER_PROTOCOL';
}
