import { Writable } from 'node:stream';

/** Who is told of what goes through a {@link TappedInput}. */
export interface InputListener {
  readonly onChunk: (chunk: Buffer) => void;
  readonly onEnd: () => void;
  /**
   * Takes everything, also when the program reads no more: how much of a small input a program has got before it ends
   * is chance, and would be another recording each time.
   */
  readonly takesAll: boolean;
}

/** The standard input of a process, of which note is taken as it is written. */
export class TappedInput extends Writable {
  readonly #target: Writable;
  readonly #listener: InputListener;

  constructor(target: Writable, listener: InputListener) {
    super({ decodeStrings: true });
    this.#target = target;
    this.#listener = listener;
    target.on('error', (error) => {
      if (!listener.takesAll) this.destroy(error);
    });
    target.once('close', () => {
      if (!listener.takesAll && !this.writableFinished) this.destroy();
    });
  }

  override _write(
    chunk: Buffer,
    _encoding: string,
    callback: (error?: Error | null) => void,
  ): void {
    this.#listener.onChunk(Buffer.from(chunk));
    this.#target.write(chunk, (error) => callback(this.#listener.takesAll ? null : error));
  }

  override _final(callback: () => void): void {
    this.#listener.onEnd();
    if (this.#target.destroyed) callback();
    else this.#target.end(() => callback());
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#target.destroy();
    callback(error);
  }
}
