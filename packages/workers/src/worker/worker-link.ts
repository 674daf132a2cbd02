import type { WorkerKind } from '../contracts/worker-kind.js';
import type { WrapTask } from '../functions/loaded-task.js';
import type { Transferable } from '../functions/transfer.js';
import type { FromWorker } from '../protocol/frames.js';

/** How a worker reaches its pool: a process by its channel, a thread by its port. */
export interface WorkerLink {
  readonly kind: WorkerKind;
  /** Stands between a task and its function, where there is anything to stand there. */
  readonly wrap?: WrapTask | undefined;
  /** Calls it in this turn, once promises have brought about what they can; missing where nobody fakes time. */
  readonly afterPromises?: (task: () => void) => void;
  /**
   * Sends a frame.
   *
   * @throws a `DataCloneError` when something in it can not be copied; then nothing was sent
   */
  send(items: readonly FromWorker[], transferList: readonly Transferable[]): void;
  /** Notes, where the pool can read it whatever becomes of this worker, that a task begins. */
  markStarted(seq: number): void;
  /** Whether the pool has asked for the end of a task; also told to a task that never lets go of its thread. */
  isAborted(seq: number): boolean;
  /** Whether the pool has taken a task back. To be asked once it is noted that the task begins. */
  isWithdrawn(seq: number): boolean;
  /** Bytes that this worker has: of the process, or of the thread's heap. */
  memory(): number;
  /** Ends the worker. */
  exit(): void;
}
