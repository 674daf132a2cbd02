import type { OutputType } from '../contracts/output-callback.js';
import type { Capture } from './capture.js';
import type { OutputConsumer } from './output-consumer.js';
import { replay } from './replay.js';

/** A chunk with its origin and its monotonic time of arrival. */
export interface FeedChunk {
  readonly type: OutputType;
  readonly bytes: Buffer;
  readonly at: number;
  /** Position in its stream after the last byte. */
  readonly to: number;
}

/** Positions in both streams. */
export type OutputPositions = Readonly<Record<OutputType, number>>;

const BEGINNING: OutputPositions = { out: 0, err: 0 };

/** Bytes that may wait for a reader before the process is held back. */
const HIGH_WATER_MARK = 1024 * 1024;

/**
 * A reader's own view of the output: what is kept of the past first, then every chunk as it comes. A slow reader
 * holds the process back.
 */
export class OutputFeed implements OutputConsumer, AsyncIterableIterator<FeedChunk> {
  readonly #past: Generator<FeedChunk, undefined>;
  readonly #queue: FeedChunk[] = [];
  readonly #remove: () => void;
  #queuedBytes = 0;
  #ended = false;
  #wake: (() => void) | undefined;
  #release: (() => void) | undefined;

  readonly #capture: Capture;
  readonly #types: readonly OutputType[];

  /** @param since - where to begin; default: with the first byte */
  constructor(capture: Capture, types: readonly OutputType[], since: OutputPositions = BEGINNING) {
    this.#capture = capture;
    this.#types = types;
    this.#past = replay(capture, types, since);
    this.#remove = capture.add(this);
  }

  accept(type: OutputType, bytes: Buffer, at: number): void | Promise<void> {
    if (!this.#types.includes(type)) return undefined;
    this.#queue.push({ type, bytes, at, to: this.#capture.retention(type).total });
    this.#queuedBytes += bytes.length;
    this.#wake?.();
    if (this.#queuedBytes <= HIGH_WATER_MARK) return undefined;
    return new Promise((resolve) => {
      const before = this.#release;
      this.#release = () => {
        before?.();
        resolve();
      };
    });
  }

  end(): void {
    this.#ended = true;
    this.#wake?.();
  }

  async next(): Promise<IteratorResult<FeedChunk, undefined>> {
    const past = this.#past.next();
    if (past.done !== true) return past;
    while (this.#queue.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const chunk = this.#queue.shift();
    if (chunk === undefined) return this.return();
    this.#queuedBytes -= chunk.bytes.length;
    if (this.#queuedBytes <= HIGH_WATER_MARK / 2) this.#letGo();
    return { done: false, value: chunk };
  }

  return(): Promise<IteratorResult<FeedChunk, undefined>> {
    this.#ended = true;
    this.#remove();
    this.#past.return(undefined);
    this.#queue.length = 0;
    this.#letGo();
    this.#wake?.();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #letGo(): void {
    this.#release?.();
    this.#release = undefined;
  }
}
