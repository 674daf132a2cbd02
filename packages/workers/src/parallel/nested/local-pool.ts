import { AsyncLocalStorage } from 'node:async_hooks';
import { uniqueId } from '@proc/core/essentials';
import type { Ipc } from '@proc/ipc/client';
import { ParallelDepthError } from '../../errors/parallel-depth-error.js';
import { TaskTimedOutError } from '../../errors/task-timed-out-error.js';
import { uncloneableError, type ValueRole } from '../../errors/uncloneable-value-error.js';
import { loadTask } from '../../functions/load-task.js';
import { forChunks } from '../../functions/for-chunks.js';
import type { LoadedTask, WrapTask } from '../../functions/loaded-task.js';
import type { TaskReference } from '../../functions/task-reference.js';
import { unwrapTransfers } from '../../functions/transfer.js';
import { currentIpc } from '../../worker/current-ipc.js';
import type { ParallelPool, ChunkOptions, SubmittedChunk } from '../flow/parallel-pool.js';

const DEEPEST = 16;

/** How many of these pools the present code is inside of. */
const depth = new AsyncLocalStorage<number>();

/**
 * Runs what is asked for within a worker in that worker itself, one trip after the other: more workers for each of the
 * workers would soon be too many, and to wait for one's own pool would be for ever. Values are copied, as for any
 * worker.
 */
export class LocalPool implements ParallelPool {
  readonly maxSize = 1;
  readonly #wrap: WrapTask | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /** @param wrap - stands between tasks and their functions: a fake */
  constructor(wrap?: WrapTask) {
    this.#wrap = wrap;
  }

  /** @throws {@link ParallelDepthError} when this is inside of too many others */
  submitTask(
    reference: TaskReference,
    args: readonly unknown[],
    options: ChunkOptions,
  ): SubmittedChunk {
    const inside = depth.getStore() ?? 0;
    if (inside >= DEEPEST) throw new ParallelDepthError(inside);
    const abort = new AbortController();
    let given: readonly unknown[];
    try {
      given = copied('argument', args);
    } catch (error) {
      // As any pool tells it.
      return { result: Promise.reject(error), cancel: () => undefined };
    }
    const result = this.#queue.then(async () => {
      abort.signal.throwIfAborted();
      const loaded = await this.#load(reference);
      const run = async (): Promise<unknown> =>
        copied('result', await loaded.fn(...given, contextFor(loaded, abort.signal, options)));
      return inTime(abort, options, () => depth.run(inside + 1, run));
    });
    this.#queue = result.catch(() => undefined);
    return {
      result,
      cancel: (reason) => {
        abort.abort(reason);
      },
    };
  }

  async #load(reference: TaskReference): Promise<LoadedTask> {
    if (this.#wrap === undefined) return loadTask(reference);
    if (reference.kind === 'chunk') return forChunks(await this.#load(reference.of));
    return this.#wrap(await loadTask(reference));
  }
}

/** A function that lets go of its thread is waited for no longer than it may take; it is told so by its signal. */
async function inTime(
  abort: AbortController,
  { timeout, name = '' }: ChunkOptions,
  run: () => Promise<unknown>,
): Promise<unknown> {
  if (timeout === undefined) return run();
  const late = new TaskTimedOutError(uniqueId(), name, 'timeout', timeout);
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(late);
      abort.abort(late);
    }, timeout);
  });
  return Promise.race([run(), over]).finally(() => {
    clearTimeout(timer);
  });
}

function contextFor(loaded: LoadedTask, signal: AbortSignal, { onEmit }: ChunkOptions): object {
  const outside = currentIpc();
  let ipc: Ipc | undefined;
  return {
    signal,
    get aborted() {
      return signal.aborted;
    },
    workerId: 0,
    attempt: 1,
    depth: depth.getStore() ?? 0,
    with: loaded.with,
    require: loaded.require,
    import: loaded.import,
    get ipc() {
      return (ipc ??= outside());
    },
    emit: (event: unknown) => onEmit?.(event),
  };
}

function copied<T>(role: ValueRole, value: T): T {
  const { value: bare, transferList } = unwrapTransfers(value, 'thread');
  try {
    return structuredClone(bare as T, { transfer: [...transferList] as ArrayBuffer[] });
  } catch (cause) {
    throw uncloneableError(role, bare, 'thread', cause);
  }
}
