import type { DeadlockStep } from '../wire/fault.js';
import { IpcError } from './ipc-error.js';

/** Waiting for the lock would never have ended: each in a circle holds what the one before it waits for. */
export class DeadlockError extends IpcError {
  readonly code = 'ERR_PROC_IPC_DEADLOCK';

  constructor(
    message: string,
    /** The circle; the first waiter is the one that was refused. */
    readonly cycle: readonly DeadlockStep[],
  ) {
    super(message);
  }
}
