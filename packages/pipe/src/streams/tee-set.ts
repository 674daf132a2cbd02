import { Writable } from 'node:stream';
import type { OpenTee } from './open-tees.js';
import { isOpen, writeTo } from './write-to.js';

/** Several targets that get the same bytes, as fast as the slowest takes them. */
export class TeeSet {
  readonly #tees: readonly OpenTee[];
  readonly #onError: (cause: unknown) => void;
  readonly #cleanups: (() => void)[] = [];

  /** @param onError - hears of each target that fails */
  constructor(tees: readonly OpenTee[], onError: (cause: unknown) => void) {
    this.#tees = tees;
    this.#onError = onError;
    for (const { stream } of tees) this.#listen(stream, 'error', onError);
  }

  /** See {@link OpenTee.empty}. */
  empty(): void {
    for (const tee of this.#tees) tee.empty();
  }

  /** Resolves when every target may be given more, or never will take any. Never rejects. */
  async write(chunk: Uint8Array): Promise<void> {
    await Promise.all(this.#tees.map(({ stream }) => this.#copyTo(stream, chunk)));
  }

  /**
   * A stream that copies what it is given, and hands it on.
   *
   * @param next - is ended at the end; once it closes, so does the copier, as tee(1) does when its own reader goes
   * @param onChunk - sees each chunk first
   */
  copier(next: Writable | undefined, onChunk: (chunk: Buffer) => void = () => undefined): Writable {
    const copier = new Writable({
      // Every write waits for the slowest copy.
      highWaterMark: 1,
      write: (chunk: Buffer, _encoding, done) => {
        onChunk(chunk);
        const handed = next === undefined ? undefined : writeTo(next, chunk);
        void Promise.all([this.write(chunk), handed]).then(() => done());
      },
      final: (done) => {
        next?.end();
        done();
      },
    });
    copier.on('error', () => undefined);
    if (next !== undefined) this.#listen(next, 'close', () => copier.destroy());
    return copier;
  }

  /**
   * Resolves when everything is written, and what was opened for it is closed. Never rejects.
   *
   * @param over - see {@link OpenTee.close}
   */
  async close(over: AbortSignal): Promise<void> {
    await Promise.all(this.#tees.map((tee) => tee.close(over)));
    for (const cleanup of this.#cleanups.splice(0)) cleanup();
  }

  /** What was closed by somebody else, without an error, has not got everything either. */
  async #copyTo(stream: Writable, chunk: Uint8Array): Promise<void> {
    const wasOpen = isOpen(stream);
    try {
      if (wasOpen) await writeTo(stream, chunk);
    } catch (error) {
      // It threw, where a stream should have told: it is asked no more, and says nothing more either.
      this.#onError(error);
      return;
    }
    if (wasOpen && !stream.destroyed) return;
    this.#onError(stream.errored ?? new Error('It was closed before the end of the output.'));
  }

  #listen(stream: Writable, event: 'error' | 'close', listener: (cause?: unknown) => void): void {
    stream.on(event, listener);
    this.#cleanups.push(() => stream.off(event, listener));
  }
}
