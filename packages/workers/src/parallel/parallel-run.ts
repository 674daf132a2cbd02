import { realTime } from '@proc/core/internal';
import { leavable } from './leavable.js';
import type { ParallelProgress } from './parallel-options.js';

/** Results that came together. */
export interface Batch<R> {
  readonly results: readonly R[];
  /** How many items they are of. */
  readonly items: number;
  /** Where they belong in a list with a place for each item. */
  readonly at?: number;
}

/** What drives a run. */
export interface RunDriver {
  readonly progress: ParallelProgress;
  /** How many trips to workers are under way. */
  readonly running: number;
  /** Somebody has the results of so many items. */
  taken(items: number): void;
  /** Ends early. Resolves when the items' source has cleaned up. */
  close(): Promise<void>;
  /** Ends early with an error. */
  stop(error: unknown): void;
}

type End = { readonly length?: number } | { readonly error: unknown };

/**
 * Many calls under way. Await it for a list of all results, or take them one by one as they come: then no more items
 * are pulled than are wanted, and leaving the loop ends the rest. It has begun by itself.
 *
 * `List` is what comes of awaiting it, where more is known than what its results have in common.
 */
export class ParallelRun<R, List extends readonly unknown[] = R[]>
  implements PromiseLike<List>, AsyncIterable<R>
{
  readonly #driver: RunDriver;
  readonly #batches: Batch<R>[] = [];
  readonly #list: R[] = [];
  #end: End | undefined;
  #whole: Promise<List> | undefined;
  #iterated = false;
  #wake: (() => void) | undefined;

  /**
   * @internal
   * @param begin - gets the ways to tell what came, and gives what drives it
   */
  constructor(begin: (run: ParallelRun<R>['sink']) => RunDriver) {
    this.#driver = begin(this.sink);
  }

  /** @internal How whoever does the work tells what came of it. */
  get sink(): { add(batch: Batch<R>): void; end(end: End): void } {
    return {
      add: (batch) => {
        this.#batches.push(batch);
        this.#awake();
      },
      end: (end) => {
        this.#end = end;
        this.#awake();
        if ('error' in end) this.#demandListener();
      },
    };
  }

  /** How far it has come. */
  get progress(): ParallelProgress {
    return this.#driver.progress;
  }

  /** How many trips to workers are under way. */
  get running(): number {
    return this.#driver.running;
  }

  /** Ends the run; whoever waits for it gets the reason. */
  cancel(reason: unknown = new DOMException('The run was cancelled', 'AbortError')): void {
    if (this.#end === undefined) this.#driver.stop(reason);
  }

  then<A = List, B = never>(
    onFulfilled?: ((results: List) => A | PromiseLike<A>) | null,
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return this.#all().then(onFulfilled, onRejected);
  }

  /** As of a promise. */
  catch<B = never>(
    onRejected?: ((reason: unknown) => B | PromiseLike<B>) | null,
  ): Promise<List | B> {
    return this.#all().catch(onRejected);
  }

  /** As of a promise. */
  finally(onFinally?: (() => void) | null): Promise<List> {
    return this.#all().finally(onFinally);
  }

  [Symbol.asyncIterator](): AsyncGenerator<R, void, undefined> {
    if (this.#whole !== undefined) return this.#again();
    const first = !this.#iterated;
    this.#iterated = true;
    const results = this.#results(first);
    return first ? leavable(results, this.#leave) : results;
  }

  /** Ends the run also for who leaves before the first result, or while one is waited for. */
  readonly #leave = async (): Promise<void> => {
    const closing = this.#driver.close();
    this.#end ??= {};
    this.#awake();
    await closing;
  };

  async *#again(): AsyncGenerator<R, void, undefined> {
    await this.#whole;
    yield* this.#list;
  }

  async *#results(first: boolean): AsyncGenerator<R, void, undefined> {
    if (!first) throw new TypeError('Results can be iterated over once: what was taken is gone.');
    try {
      for (;;) {
        const batch = this.#batches.shift();
        if (batch !== undefined) yield* this.#each(batch);
        else if (this.#end !== undefined) break;
        else await this.#next();
      }
    } finally {
      await this.#driver.close();
    }
    if ('error' in this.#end) throw this.#end.error;
  }

  /** Each result counts as taken when the next is asked for. */
  *#each({ results, items }: Batch<R>): Generator<R, void, undefined> {
    let left = items;
    for (const result of results) {
      yield result;
      left -= 1;
      this.#driver.taken(1);
    }
    if (left > 0) this.#driver.taken(left);
  }

  #all(): Promise<List> {
    this.#whole ??= this.#collect();
    return this.#whole;
  }

  async #collect(): Promise<List> {
    if (this.#iterated)
      throw new TypeError('Results that are iterated over can not be awaited, too.');
    for (;;) {
      for (const { results, items, at } of this.#batches.splice(0)) {
        // A place for each item keeps the holes of a list.
        const from = at ?? this.#list.length;
        place(this.#list, from, results);
        this.#driver.taken(items);
      }
      if (this.#batches.length > 0) continue;
      if (this.#end === undefined) await this.#next();
      else break;
    }
    if ('error' in this.#end) throw this.#end.error;
    if (this.#end.length !== undefined) this.#list.length = this.#end.length;
    return this.#list as readonly unknown[] as List;
  }

  async #next(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
    });
  }

  #awake(): void {
    this.#wake?.();
    this.#wake = undefined;
  }

  /** A failure that nobody waits for is reported as any other promise's. */
  #demandListener(): void {
    realTime.setImmediate(() => {
      if (this.#whole === undefined && !this.#iterated) void this.#all();
    });
  }
}

/** By itself: the engine makes fast code of what repeats for long, and of all that is around it. */
function place<R>(list: R[], from: number, results: readonly R[]): void {
  for (let index = 0; index < results.length; index += 1) list[from + index] = results[index] as R;
}
