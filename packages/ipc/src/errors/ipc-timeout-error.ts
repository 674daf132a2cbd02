import { IpcError } from './ipc-error.js';

/** A call has waited as long as it might; nothing has been done. */
export class IpcTimeoutError extends IpcError {
  readonly code = 'ERR_PROC_IPC_TIMEOUT';
}
