import { IpcError } from './ipc-error.js';

/** More messages came than a subscription with the policy `'fail'` has room for. */
export class SubscriptionOverflowError extends IpcError {
  readonly code = 'ERR_PROC_IPC_OVERFLOW';
}
