import { setImmediate } from 'node:timers/promises';
import { loadTask } from '../../src/functions/load-task.js';
import type { TaskReference } from '../../src/functions/task-reference.js';
import { unwrapTransfers } from '../../src/functions/transfer.js';
import type { ChunkRequest } from '../../src/parallel/chunks/chunk-request.js';
import type {
  ParallelPool,
  ChunkOptions,
  SubmittedChunk,
} from '../../src/parallel/flow/parallel-pool.js';

interface Waiting {
  readonly run: () => Promise<void>;
}

/** A pool whose workers are none: values are copied and functions rebuilt, all in this thread. It keeps a record. */
export class BarePool implements ParallelPool {
  readonly requests: ChunkRequest[] = [];
  readonly options: ChunkOptions[] = [];
  mostAtOnce = 0;
  cancelled = 0;
  /** Answers for a chunk instead of its function. */
  instead: ((request: ChunkRequest) => Promise<unknown> | undefined) | undefined;
  readonly #queue: Waiting[] = [];
  #running = 0;
  #started = 0;

  constructor(readonly maxSize = 2) {}

  submitTask(
    reference: TaskReference,
    args: readonly unknown[],
    options: ChunkOptions,
  ): SubmittedChunk {
    const given = structuredClone(args);
    if (reference.kind === 'chunk') this.requests.push(given[0] as ChunkRequest);
    this.options.push(options);
    const abort = new AbortController();
    const result = new Promise<unknown>((resolve, reject) => {
      this.#queue.push({
        run: async () => {
          const outcome = await this.#outcome(reference, given, abort.signal, options);
          this.#running -= 1;
          if ('value' in outcome) resolve(outcome.value);
          else reject(outcome.error);
          this.#advance();
        },
      });
    });
    this.#advance();
    return {
      result,
      cancel: (reason) => {
        this.cancelled += 1;
        abort.abort(reason);
      },
    };
  }

  async #outcome(
    reference: TaskReference,
    args: readonly unknown[],
    signal: AbortSignal,
    options: ChunkOptions,
  ): Promise<{ value: unknown } | { error: unknown }> {
    try {
      signal.throwIfAborted();
      const stub = this.instead?.(args[0] as ChunkRequest);
      return { value: await (stub ?? this.#call(reference, args, signal, options)) };
    } catch (error) {
      return { error };
    }
  }

  async #call(
    reference: TaskReference,
    args: readonly unknown[],
    signal: AbortSignal,
    { onEmit }: ChunkOptions,
  ): Promise<unknown> {
    const loaded = await loadTask(structuredClone(reference));
    const context = {
      signal,
      get aborted() {
        return signal.aborted;
      },
      with: loaded.with,
      emit: (event: unknown) => onEmit?.(event),
    };
    const { value } = unwrapTransfers(await loaded.fn(...args, context), 'thread');
    return structuredClone(value);
  }

  #advance(): void {
    while (this.#running < this.maxSize) {
      const next = this.#queue.shift();
      if (next === undefined) return;
      this.#running += 1;
      this.mostAtOnce = Math.max(this.mostAtOnce, this.#running);
      this.#started += 1;
      void later(this.#started % 2).then(next.run);
    }
  }
}

/** Answers come in another order than they were asked for. */
async function later(turns: number): Promise<void> {
  for (let turn = 0; turn <= turns; turn += 1) await setImmediate();
}
