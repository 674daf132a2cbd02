import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uniqueId } from '../process/unique-id.js';

/** Descriptors of files whose owner has been collected are closed here. */
const abandoned = new FinalizationRegistry<number>((descriptor) => {
  closeSync(descriptor);
});

/**
 * A temporary file without a name: unlinked as soon as it is open, so that nothing is left however this process
 * ends. The descriptor is closed by {@link close}, or once nothing refers to this object any more.
 */
export class SpillFile {
  #descriptor: number | undefined;
  #size = 0;

  constructor() {
    const path = join(tmpdir(), `proc-${process.pid}-${uniqueId()}`);
    const descriptor = openSync(path, 'wx+', 0o600);
    this.#descriptor = descriptor;
    abandoned.register(this, descriptor, this);
    try {
      unlinkSync(path);
    } catch {
      // Windows keeps the name of an open file; it goes at the latest when this process ends.
      process.once('exit', () => {
        this.close();
        unlinkSync(path);
      });
    }
  }

  get size(): number {
    return this.#size;
  }

  append(chunk: Buffer): void {
    const descriptor = this.#open();
    for (let written = 0; written < chunk.length;) {
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

  read(from: number, to: number): Buffer {
    const length = Math.max(0, Math.min(to, this.#size) - from);
    const buffer = Buffer.allocUnsafe(length);
    for (let done = 0; done < length;) {
      const count = readSync(this.#open(), buffer, done, length - done, from + done);
      if (count === 0) return buffer.subarray(0, done);
      done += count;
    }
    return buffer;
  }

  close(): void {
    if (this.#descriptor === undefined) return;
    abandoned.unregister(this);
    closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #open(): number {
    if (this.#descriptor === undefined) throw new Error('The spill file has been closed.');
    return this.#descriptor;
  }
}
