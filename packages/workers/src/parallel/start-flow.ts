import { allowManyListeners, realTime } from '@proc/core/internal';
import type { FunctionReference } from '../functions/task-reference.js';
import { ChunkSizer } from './chunks/chunk-sizer.js';
import type { ChunkMode } from './chunks/chunk-request.js';
import { ChunkFlow, type FlowHooks } from './flow/chunk-flow.js';
import type { ItemSource } from './flow/item-source.js';
import type { ParallelPool } from './flow/parallel-pool.js';
import { ArrivalOrder, ItemOrder } from './flow/segment-order.js';
import type { ItemFailures } from './item-failures.js';
import type { RunDriver } from './parallel-run.js';
import type { ResolvedParallelOptions } from './resolve-parallel-options.js';

/** What all operations are made of. */
export interface FlowStart {
  readonly mode: ChunkMode;
  readonly source: ItemSource;
  readonly reference: FunctionReference;
  readonly pool: ParallelPool;
  readonly options: ResolvedParallelOptions;
  readonly initial?: { readonly value: unknown };
  readonly track: Track;
  readonly failures: ItemFailures;
}

/** Remembers how to end something that runs. @returns how to forget it */
export type Track = (stop: (reason: unknown) => void) => () => void;

/** Begins to work, and listens to the signal for as long as it lasts. */
export function startFlow(start: FlowStart, hooks: Omit<FlowHooks, 'progressed'>): RunDriver {
  const { source, reference, pool, options, mode, initial, track, failures } = start;
  const { signal, onProgress, onEmit, ordered, timeout, retry } = options;
  const silence = (): void => {
    signal?.removeEventListener('abort', abort);
    forget();
  };
  const progress = () => ({ done: flow.done, total: source.total });
  const flow = new ChunkFlow(
    {
      mode,
      source,
      reference: { kind: 'chunk', name: reference.name, of: reference },
      pool,
      sizer: new ChunkSizer(options.chunk, pool.maxSize),
      order: ordered ? new ItemOrder() : new ArrivalOrder(),
      concurrency: options.concurrency ?? pool.maxSize + 1,
      buffer: options.buffer,
      onError: options.onError,
      failures,
      submit: {
        ...(reference.name !== '' && { name: reference.name }),
        ...(timeout !== undefined && { timeout }),
        ...(retry !== undefined && { retry }),
      },
      ...(initial && { initial }),
      ...(onEmit && { onEmit }),
    },
    {
      progressed: () => onProgress?.(progress()),
      settled: hooks.settled,
      ended: () => {
        silence();
        hooks.ended();
      },
      failed: (error) => {
        silence();
        hooks.failed(error);
      },
    },
  );
  const abort = (): void => {
    flow.stop(signal?.reason);
  };
  const forget = track((reason) => {
    flow.stop(reason);
  });
  if (signal !== undefined) {
    allowManyListeners(signal);
    signal.addEventListener('abort', abort, { once: true });
  }
  // Whoever has just called gets the run before anything comes of it.
  realTime.queueMicrotask(() => {
    if (signal?.aborted === true) abort();
    else flow.advance();
  });
  return {
    get progress() {
      return progress();
    },
    get running() {
      return flow.running;
    },
    taken: (items) => {
      flow.taken(items);
    },
    close: async () => {
      silence();
      await flow.close();
    },
    stop: (error) => {
      flow.stop(error);
    },
  };
}
