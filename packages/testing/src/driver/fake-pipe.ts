import { Readable } from 'node:stream';

/** Bytes that a pipe holds before its writer has to wait; Linux's number. */
export const PIPE_CAPACITY = 64 * 1024;

/** Chunks that have been handed on are forgotten when there are so many. */
const MOST_FORGETTABLE = 1024;

interface Waiting {
  readonly order: number;
  readonly bytes: Buffer;
}

/**
 * An output stream of a fake process: chunks keep their boundaries, and a reader gets them without delay. What it does
 * not take waits here.
 */
export class FakePipe extends Readable {
  readonly #onChange: () => void;
  readonly #waiting: Waiting[] = [];
  /** How many of them have been handed on. */
  #handedOn = 0;

  /** @param onChange - called, not at once, when the pipe may take more or has got its first reader */
  constructor(onChange: () => void) {
    super();
    this.#onChange = onChange;
    const later = (): void => void Promise.resolve().then(onChange);
    this.on('resume', later);
    this.on('close', later);
    this.on('newListener', (event) => {
      if (event === 'data' || event === 'readable') later();
    });
    // From its first request on, a stream that is being read passes chunks on synchronously.
    this.read(0);
  }

  override _read(): void {
    // The chunk that has just been taken is still counted.
    void Promise.resolve().then(this.#onChange);
  }

  get hasReader(): boolean {
    return this.listenerCount('data') > 0 || this.listenerCount('readable') > 0;
  }

  /** Whether a chunk can be handed on: to a reader that wants one, or into the buffer while there is no reader. */
  get hasRoom(): boolean {
    if (this.destroyed) return true;
    if (!this.hasReader) return this.readableLength < PIPE_CAPACITY;
    if (this.readableLength > 0) return false;
    return this.listenerCount('readable') > 0 || !this.isPaused();
  }

  /** Lets a chunk wait; `order` tells which of the chunks of both streams comes first. */
  wait(order: number, bytes: Buffer): void {
    this.#waiting.push({ order, bytes });
  }

  /** The order of the next chunk, if it can be handed on. */
  get next(): number | undefined {
    const first = this.#waiting[this.#handedOn];
    return first !== undefined && this.hasRoom ? first.order : undefined;
  }

  /** Hands the next chunk on; gives its length. */
  handOn(): number {
    const first = this.#waiting[this.#handedOn++];
    if (this.#handedOn >= MOST_FORGETTABLE) {
      this.#waiting.splice(0, this.#handedOn);
      this.#handedOn = 0;
    }
    if (first === undefined) return 0;
    if (!this.destroyed) this.push(first.bytes);
    return first.bytes.length;
  }

  /** Ends after the last chunk, if none waits. */
  finish(): void {
    const isDone = this.#waiting.length === this.#handedOn;
    if (isDone && !this.readableEnded && !this.destroyed) this.push(null);
  }
}
