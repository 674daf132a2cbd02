import { IpcError } from './ipc-error.js';

/** A hub can not listen at an address. */
export class AddressError extends IpcError {
  readonly code = 'ERR_PROC_IPC_ADDRESS';
}
