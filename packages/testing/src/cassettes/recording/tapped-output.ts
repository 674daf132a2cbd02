import { Readable } from 'node:stream';

/** Who is told of what goes through a {@link TappedOutput}. */
export interface OutputListener {
  readonly onChunk: (chunk: Buffer) => void;
  readonly onEnd: () => void;
}

/** An output stream of a process, of which note is taken as it is read. It reads no faster than its own reader. */
export class TappedOutput extends Readable {
  readonly #source: Readable;
  readonly #listener: OutputListener;
  #begun = false;
  #ended = false;

  constructor(source: Readable, listener: OutputListener) {
    super();
    this.#source = source;
    this.#listener = listener;
    // At once: a stream without content ends before anybody has read it.
    source.once('end', () => {
      this.#ended = true;
      listener.onEnd();
      this.push(null);
    });
    source.on('error', (error) => this.destroy(error));
    source.once('close', () => {
      if (!this.#ended) this.destroy();
    });
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
      this.#listener.onChunk(chunk);
      if (!this.push(chunk)) source.pause();
    });
  }
}
