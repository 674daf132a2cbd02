import type { BarrierBreak } from '../wire/fault.js';
import { IpcError } from './ipc-error.js';

/** The parties of a barrier will not come together: one was lost or left, or somebody called it off. */
export class BrokenBarrierError extends IpcError {
  readonly code = 'ERR_PROC_IPC_BROKEN_BARRIER';

  constructor(
    message: string,
    readonly reason: BarrierBreak,
  ) {
    super(message);
  }
}
