import { Readable } from 'node:stream';

/** An output stream of a process, of which note is taken as it is read. It reads no faster than its own reader. */
export class TappedOutput extends Readable {
  readonly #source: Readable;
  readonly #onChunk: (chunk: Buffer) => void;
  #begun = false;
  #ended = false;

  constructor(source: Readable, onChunk: (chunk: Buffer) => void) {
    super();
    this.#source = source;
    this.#onChunk = onChunk;
  }

  /** Whether the process, and whoever had the stream from it, has closed it. */
  get ended(): boolean {
    return this.#ended;
  }

  override _read(): void {
    if (!this.#begun) this.#begin();
    this.#source.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#source.destroy();
    callback(error);
  }

  /** Keeps this process alive no longer. */
  unref(): void {
    (this.#source as { unref?: () => void }).unref?.();
  }

  #begin(): void {
    this.#begun = true;
    const source = this.#source;
    source.on('data', (chunk: Buffer) => {
      this.#onChunk(chunk);
      if (!this.push(chunk)) source.pause();
    });
    source.once('end', () => {
      this.#ended = true;
      this.push(null);
    });
    source.on('error', (error) => this.destroy(error));
    source.once('close', () => {
      if (!this.#ended) this.destroy();
    });
  }
}
