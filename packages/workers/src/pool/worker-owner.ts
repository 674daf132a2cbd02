import type { WorkerEnd } from '../backends/worker-channel.js';
import type { PoolWorker } from './pool-worker.js';
import type { Task } from './task.js';

/** Hears of a worker of a pool. */
export interface WorkerOwner {
  onReady(worker: PoolWorker): void;
  onDone(worker: PoolWorker, task: Task, value: unknown, ms: number): void;
  onFailed(worker: PoolWorker, task: Task, error: Error, ms: number): void;
  onStarted(worker: PoolWorker, task: Task): void;
  /** Its function has to be loaded before it begins. */
  onLoading(worker: PoolWorker, task: Task): void;
  /** It has not begun, since it was taken back, and never will. */
  onDropped(worker: PoolWorker, task: Task): void;
  /** A frame was sent, which took so long. It needs no `this`. */
  readonly onSent: (ms: number) => void;
  /** A frame was read: workers may have room. */
  onRoom(worker: PoolWorker): void;
  onOutput(worker: PoolWorker, task: Task | undefined, stream: 1 | 2, text: string): void;
  onUnsendable(worker: PoolWorker, task: Task, cause: unknown): void;
  /** A frame for the hub. */
  onIpc(worker: PoolWorker, frame: unknown): void;
  onPong(worker: PoolWorker): void;
  /** It has begun to end, and runs nothing more; what it said last may still come. */
  onGoing(worker: PoolWorker): void;
  onEnd(worker: PoolWorker, end: WorkerEnd): void;
}
