import { IpcError } from './ipc-error.js';

/** The connection, the queue or the subscription has been closed, or the primitive deleted. */
export class IpcClosedError extends IpcError {
  readonly code = 'ERR_PROC_IPC_CLOSED';
}
