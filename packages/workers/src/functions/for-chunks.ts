import { createRequire } from 'node:module';
import type { ChunkRequest } from '../parallel/chunks/chunk-request.js';
import type { ChunkContext } from '../parallel/chunks/item-context.js';
import type * as Chunks from '../parallel/chunks/run-chunk.js';
import type { LoadedTask } from './loaded-task.js';

/** Most tasks are none of these; those who are get it with the first. */
const later = createRequire(__filename);
const made = new WeakMap<LoadedTask, LoadedTask>();

/** The same function, called for each item of the chunk that is its argument. */
export function forChunks(task: LoadedTask): LoadedTask {
  let chunked = made.get(task);
  if (chunked === undefined) {
    const { runChunk } = later('../parallel/chunks/run-chunk.js') as typeof Chunks;
    const fn = (request: unknown, context: unknown): unknown =>
      runChunk(task.fn, request as ChunkRequest, context as ChunkContext);
    chunked = { ...task, fn };
    made.set(task, chunked);
  }
  return chunked;
}
