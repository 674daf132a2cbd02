import { IpcError } from '@proc/ipc';

/** A hub could not renew its lease in time, or lost what it had in Redis: another one may have taken its place. */
export class LeaseLostError extends IpcError {
  readonly code = 'ERR_PROC_IPC_LEASE_LOST';
}
