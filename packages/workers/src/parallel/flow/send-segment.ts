import type { TaskReference } from '../../functions/task-reference.js';
import type { ChunkMode, ChunkRequest } from '../chunks/chunk-request.js';
import type { ChunkSizer } from '../chunks/chunk-sizer.js';
import type { ItemEvent } from '../chunks/item-context.js';
import type { ParallelPool, ChunkOptions, SubmittedChunk } from './parallel-pool.js';
import type { Segment } from './segment.js';

/** What all trips of a flow have in common. */
export interface TripParts {
  readonly mode: ChunkMode;
  readonly reference: TaskReference;
  readonly pool: ParallelPool;
  readonly sizer: ChunkSizer;
  readonly onError: 'stop' | 'settle';
  readonly initial?: { readonly value: unknown };
  readonly submit: ChunkOptions;
  readonly onEmit?: (event: unknown, index: number) => void;
}

/** Sends a segment on its trip to a worker. */
export function sendSegment(segment: Segment, parts: TripParts): SubmittedChunk {
  const { pool, reference, submit, onEmit } = parts;
  return pool.submitTask(reference, [requestFor(segment, parts)], {
    ...submit,
    ...(onEmit && {
      onEmit: (event) => {
        const { item, event: inner } = event as ItemEvent;
        onEmit(inner, item);
      },
    }),
  });
}

function requestFor(segment: Segment, { mode, sizer, onError, initial }: TripParts): ChunkRequest {
  const { budget } = sizer;
  return {
    mode,
    items: segment.values,
    first: segment.first,
    ...(budget !== undefined && { budget }),
    ...(onError === 'settle' && { settle: true }),
    ...(initial && { initial }),
  };
}
