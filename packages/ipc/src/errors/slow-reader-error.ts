import { IpcError } from './ipc-error.js';

/** A client was cut off, since more waited for it to be read than may. */
export class SlowReaderError extends IpcError {
  readonly code = 'ERR_PROC_IPC_SLOW_READER';
}
