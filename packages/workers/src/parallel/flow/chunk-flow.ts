import { decodeError } from '../../errors/decode-error.js';
import type { ChunkMode, ChunkResponse } from '../chunks/chunk-request.js';
import type { ItemFailures } from '../item-failures.js';
import type { ItemSource } from './item-source.js';
import type { SubmittedChunk } from './parallel-pool.js';
import { Segment } from './segment.js';
import { sendSegment, type TripParts } from './send-segment.js';
import type { SegmentOrder } from './segment-order.js';
import { uncloneableItem } from './uncloneable-item.js';

/** What a flow is made of. */
export interface FlowParts extends TripParts {
  readonly source: ItemSource;
  readonly order: SegmentOrder;
  readonly failures: ItemFailures;
  /** Most chunks under way at once. */
  readonly concurrency: number;
  /** Most items that were pulled and whose results nobody has taken. */
  readonly buffer: number;
}

/** Whom a flow tells. */
export interface FlowHooks {
  /** Some more items are done. */
  progressed(): void;
  /** Results in their order. Call `taken()` when somebody has them. */
  settled(segment: Segment): void;
  /** All is done. */
  ended(): void;
  failed(error: unknown): void;
}

/** Sends items to workers, chunk by chunk, as fast as these and whoever takes the results allow. */
export class ChunkFlow {
  readonly #parts: FlowParts;
  readonly #hooks: FlowHooks;
  readonly #running = new Map<Segment, SubmittedChunk>();
  /** What was given back, to be sent before anything new. */
  readonly #again: Segment[] = [];
  /** Items that were pulled and not yet taken as results. */
  #held = 0;
  #over = false;
  #busy = false;
  #done = 0;

  constructor(parts: FlowParts, hooks: FlowHooks) {
    this.#parts = parts;
    this.#hooks = hooks;
  }

  /** How many items are done. */
  get done(): number {
    return this.#done;
  }

  /** How many chunks are under way. */
  get running(): number {
    return this.#running.size;
  }

  /** Sends what can be sent now. */
  advance(): void {
    // Results that are there at once would come here again.
    if (this.#busy || this.#over) return;
    this.#busy = true;
    try {
      this.#sendAll();
    } catch (error) {
      this.stop(error);
    } finally {
      this.#busy = false;
    }
    this.#endIfDone();
  }

  /** Somebody has taken the results of so many items. */
  taken(items: number): void {
    this.#held -= items;
    this.advance();
  }

  /** Ends early, and tells the error once the items' source has cleaned up. */
  stop(error: unknown): void {
    if (this.#over) return;
    this.#over = true;
    for (const submitted of this.#running.values()) submitted.cancel(error);
    this.#running.clear();
    const failed = (): void => {
      this.#hooks.failed(error);
    };
    this.#parts.source.close().then(failed, failed);
  }

  /** Ends early without an error. @returns when the items' source has cleaned up */
  async close(): Promise<void> {
    if (this.#over) return;
    this.#over = true;
    for (const submitted of this.#running.values()) submitted.cancel();
    this.#running.clear();
    await this.#parts.source.close();
  }

  #sendAll(): void {
    while (!this.#over && this.#running.size < this.#parts.concurrency) {
      const segment = this.#again.shift() ?? this.#pull();
      if (segment === undefined) return;
      this.#send(segment);
    }
  }

  #pull(): Segment | undefined {
    const { source, sizer, buffer, order } = this.#parts;
    const room = buffer - this.#held;
    if (room <= 0 || source.ended) return undefined;
    const remaining = source.length === undefined ? undefined : source.length - source.given;
    const taken = source.take(Math.min(room, sizer.next(remaining)), (error) => {
      if (error === undefined) this.advance();
      else this.stop(error.thrown);
    });
    if (taken === undefined) return undefined;
    this.#held += taken.values.length;
    const segment = new Segment(taken.first, taken.values);
    order.begin(segment);
    return segment;
  }

  #send(segment: Segment): void {
    const submitted = sendSegment(segment, this.#parts);
    this.#running.set(segment, submitted);
    submitted.result.then(
      (response) => {
        if (this.#running.delete(segment)) this.#answer(segment, response as ChunkResponse);
      },
      (error: unknown) => {
        if (this.#running.delete(segment)) this.#lose(segment, error);
      },
    );
  }

  #answer(segment: Segment, response: ChunkResponse): void {
    const { sizer, onError, order, failures } = this.#parts;
    sizer.learn(segment.values, response.done, response.elapsed);
    this.#done += response.done;
    const [failure] = response.failures ?? [];
    if (failure !== undefined && onError === 'stop') {
      const [position, envelope] = failure;
      this.stop(failures.of(segment.first + position, decodeError(envelope)));
      return;
    }
    const decided = endsEarly(this.#parts.mode) && (response.kept?.length ?? 0) > 0;
    const rest = segment.split(response.done);
    if (rest !== undefined && !decided) {
      order.split(segment, rest);
      this.#again.unshift(rest);
    }
    segment.response = response;
    this.#handOn(segment);
  }

  /** The trip itself failed: the worker was lost, the time ran out, something could not be copied. */
  #lose(segment: Segment, thrown: unknown): void {
    const { role, position, error = thrown } = uncloneableItem(thrown) ?? {};
    if (this.#parts.onError === 'settle') {
      const lost = role === 'argument' ? this.#isolate(segment, position) : segment;
      this.#done += lost.values.length;
      lost.failure = { thrown: error };
      this.#handOn(lost);
      return;
    }
    const first = segment.first + (position ?? 0);
    const last = position === undefined ? segment.last : first;
    this.stop(this.#parts.failures.of(first, error, last));
  }

  /** An item that can not be sent must not take with it those of its trip: they are sent again without it. */
  #isolate(segment: Segment, position = 0): Segment {
    const item = position === 0 ? segment : this.#cut(segment, position);
    const after = this.#cut(item, 1);
    if (after !== item) this.#again.unshift(after);
    if (item !== segment) this.#again.unshift(segment);
    return item;
  }

  /** @returns the rest, or the segment itself where there is none */
  #cut(segment: Segment, position: number): Segment {
    const rest = segment.split(position);
    if (rest === undefined) return segment;
    this.#parts.order.split(segment, rest);
    return rest;
  }

  #handOn(segment: Segment): void {
    // Whoever takes results at once must not end the run before all of these are handed on.
    this.#busy = true;
    try {
      this.#hooks.progressed();
      for (const next of this.#parts.order.settle(segment)) {
        // What came before may have been enough.
        if (!this.#over) this.#hooks.settled(next);
      }
    } catch (error) {
      // A callback of somebody else's, as for progress.
      this.stop(error);
    } finally {
      this.#busy = false;
    }
    this.advance();
  }

  #endIfDone(): void {
    if (this.#over || this.#running.size > 0 || this.#again.length > 0) return;
    if (!this.#parts.source.ended) return;
    this.#over = true;
    this.#hooks.ended();
  }
}

function endsEarly(mode: ChunkMode): boolean {
  return mode === 'some' || mode === 'every' || mode === 'find';
}
