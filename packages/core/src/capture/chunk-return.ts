import type { Readable } from 'node:stream';
import type { ProcessHandle } from '../contracts/process-handle.js';

/** Gives chunks of a stream back to its driver, unless anybody else may have kept them. */
export class ChunkReturn {
  readonly #source: Readable | null;
  readonly #handle: Pick<ProcessHandle, 'recycle'>;
  #watches = false;
  #alone = false;

  constructor(source: Readable | null, handle: Pick<ProcessHandle, 'recycle'>) {
    this.#source = source;
    this.#handle = handle;
  }

  /** For a chunk that the one listener of its maker needs no more. */
  give(chunk: Buffer): void {
    if (this.#alone && this.#source !== null) this.#handle.recycle?.(chunk, this.#source);
    // Somebody who listened just once may have the first one.
    else if (!this.#watches) this.#watch();
  }

  stop(): void {
    this.#alone = false;
    this.#source?.off('newListener', this.#notice);
  }

  #watch(): void {
    this.#watches = true;
    const source = this.#source;
    if (source === null || this.#handle.recycle === undefined) return;
    this.#alone = source.listenerCount('data') === 1 && source.listenerCount('readable') === 0;
    if (this.#alone) source.on('newListener', this.#notice);
  }

  readonly #notice = (event: string | symbol): void => {
    if (event === 'data' || event === 'readable') this.stop();
  };
}
