import { IpcError } from './ipc-error.js';

/** Whoever ran the call was lost before it answered; how far it came is unknown. */
export class PeerGoneError extends IpcError {
  readonly code = 'ERR_PROC_IPC_PEER_GONE';

  constructor(
    message: string,
    /** Name of the session that ran the call. */
    readonly peer: string,
  ) {
    super(message);
  }
}
