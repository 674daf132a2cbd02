import { IpcError } from './ipc-error.js';

/** A call was given up by its signal, whose reason is the `cause`; nothing has been done. */
export class IpcCancelledError extends IpcError {
  readonly code = 'ERR_PROC_IPC_CANCELLED';
}
