import { IpcError } from './ipc-error.js';

/** A primitive of this name exists with other options. */
export class IpcMismatchError extends IpcError {
  readonly code = 'ERR_PROC_IPC_MISMATCH';
}
