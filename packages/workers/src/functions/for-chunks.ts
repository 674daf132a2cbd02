import type { ChunkRequest } from '../parallel/chunks/chunk-request.js';
import type { ChunkContext } from '../parallel/chunks/item-context.js';
import { runChunk } from '../parallel/chunks/run-chunk.js';
import type { LoadedTask } from './loaded-task.js';

const made = new WeakMap<LoadedTask, LoadedTask>();

/** The same function, called for each item of the chunk that is its argument. */
export function forChunks(task: LoadedTask): LoadedTask {
  let chunked = made.get(task);
  if (chunked === undefined) {
    const fn = (request: unknown, context: unknown): unknown =>
      runChunk(task.fn, request as ChunkRequest, context as ChunkContext);
    chunked = { ...task, fn };
    made.set(task, chunked);
  }
  return chunked;
}
