import { Readable } from 'node:stream';

/** Bytes that a pipe holds before its writer has to wait; Linux's number. */
export const PIPE_CAPACITY = 64 * 1024;

/** An output stream of a fake process: chunks keep their boundaries, and a reader gets them without delay. */
export class FakePipe extends Readable {
  readonly #onChange: () => void;

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
}
