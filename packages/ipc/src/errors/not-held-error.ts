import { IpcError } from './ipc-error.js';

/** What was to be released is not held: it was released already, or lost. */
export class NotHeldError extends IpcError {
  readonly code = 'ERR_PROC_IPC_NOT_HELD';
}
