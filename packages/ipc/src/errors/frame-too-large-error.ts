import { IpcError } from './ipc-error.js';

/** A message is larger than the connection takes; nothing has been sent. */
export class FrameTooLargeError extends IpcError {
  readonly code = 'ERR_PROC_IPC_FRAME_TOO_LARGE';
}
