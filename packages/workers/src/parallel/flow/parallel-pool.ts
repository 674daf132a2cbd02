import type { TaskReference } from '../../functions/task-reference.js';

/** How a chunk is submitted. Milliseconds. */
export interface ChunkOptions {
  readonly timeout?: number;
  readonly retry?: number;
  readonly name?: string;
  readonly onEmit?: (event: unknown) => void;
}

/** A chunk that was submitted. */
export interface SubmittedChunk {
  readonly result: Promise<unknown>;
  /** Ends it; its result rejects with the reason. */
  cancel(reason?: unknown): unknown;
}

/** What runs chunks: the part of a pool of workers that is needed here. */
export interface ParallelPool {
  /** How many workers it may have at most. */
  readonly maxSize: number;
  /** Hands a task to a worker. */
  submitTask(
    reference: TaskReference,
    args: readonly unknown[],
    options: ChunkOptions,
  ): SubmittedChunk;
}
