import { randomUUID } from 'node:crypto';
import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Closes the descriptors of files that nothing refers to any more. */
const forgotten = new FinalizationRegistry<number>(closeSync);

/**
 * An append-only temporary file that has no name once it is open, so nothing is left of it however this process
 * ends. Its descriptor is closed by {@link close}, at the latest when the object is collected.
 */
export class SpoolFile {
  readonly #unlink: () => void;
  #descriptor: number | undefined;
  #size = 0;

  constructor() {
    const path = join(tmpdir(), `proc-pipe-${process.pid}-${randomUUID()}`);
    this.#descriptor = openSync(path, 'wx+', 0o600);
    forgotten.register(this, this.#descriptor, this);
    this.#unlink = unlinkNow(path);
  }

  get size(): number {
    return this.#size;
  }

  append(chunk: Uint8Array): void {
    const descriptor = this.#open();
    let written = 0;
    while (written < chunk.length) {
      written += writeSync(
        descriptor,
        chunk,
        written,
        chunk.length - written,
        this.#size + written,
      );
    }
    this.#size += chunk.length;
  }

  /** The bytes from one position up to another, as far as there are any. */
  read(from: number, to: number): Buffer {
    const descriptor = this.#open();
    const buffer = Buffer.allocUnsafe(Math.max(0, Math.min(to, this.#size) - from));
    let done = 0;
    while (done < buffer.length) {
      const count = readSync(descriptor, buffer, done, buffer.length - done, from + done);
      if (count === 0) break;
      done += count;
    }
    return buffer.subarray(0, done);
  }

  close(): void {
    if (this.#descriptor === undefined) return;
    forgotten.unregister(this);
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
    this.#unlink();
  }

  #open(): number {
    if (this.#descriptor === undefined) throw new Error('The temporary file has been closed.');
    return this.#descriptor;
  }
}

/** Takes the name away at once where an open file allows that (not on Windows), else when the file is closed. */
function unlinkNow(path: string): () => void {
  try {
    unlinkSync(path);
    return () => undefined;
  } catch {
    return () => {
      unlinkSync(path);
    };
  }
}
