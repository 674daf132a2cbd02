import { IpcError } from './ipc-error.js';

/** Nobody serves the function that was called. */
export class NotServedError extends IpcError {
  readonly code = 'ERR_PROC_IPC_NOT_SERVED';
}
