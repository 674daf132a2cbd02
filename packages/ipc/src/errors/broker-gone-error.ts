import { IpcError } from './ipc-error.js';

/**
 * The hub, or the channel to it, is gone: what was held counts as lost, and whether what was asked for last was done is
 * unknown.
 */
export class BrokerGoneError extends IpcError {
  readonly code = 'ERR_PROC_IPC_BROKER_GONE';
}
