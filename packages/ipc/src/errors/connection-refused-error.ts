import { IpcError } from './ipc-error.js';

/** There is no hub at the address, or it refused the connection. */
export class ConnectionRefusedError extends IpcError {
  readonly code = 'ERR_PROC_IPC_REFUSED';
}
