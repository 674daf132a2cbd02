import type { RemoteFault } from '../wire/fault.js';
import { IpcError } from './ipc-error.js';

/** The function that was called threw. */
export class RemoteCallError extends IpcError {
  readonly code = 'ERR_PROC_IPC_REMOTE_CALL';
  /** Class and code of what was thrown. */
  readonly remoteName: string;
  readonly remoteCode: string | number | undefined;
  /** Where it was thrown, in the process that serves. */
  declare readonly remoteStack: string | undefined;

  constructor(message: string, { name, code, stack, cause }: RemoteFault) {
    const inner = cause === undefined ? {} : { cause: new RemoteCallError(cause.message, cause) };
    super(message, inner);
    this.remoteName = name;
    this.remoteCode = code;
    Object.defineProperty(this, 'remoteStack', { value: stack, enumerable: false });
  }
}
