import { closeSync, openSync, readSync, unlinkSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { uniqueId } from '../process/unique-id.js';
import { SpillError } from './spill-error.js';

/** Owners that one file may have had, and bytes that it may have, before the next owner gets another one. */
const MOST_OWNERS = 32;
const LARGEST = 64 * 1024 * 1024;

/**
 * A temporary file without a name that several owners append to, so that a thousand kept outputs do not take a thousand
 * descriptors. Unlinked as soon as it is open: nothing is left, however this process ends. It is closed, and its space
 * is free again, when the last owner has let go.
 */
export class SharedFile {
  static #current: SharedFile | undefined;
  readonly #descriptor: number;
  #end = 0;
  #owners = 0;
  #everOwned = 0;

  private constructor() {
    const path = join(tmpdir(), `proc-${process.pid}-${uniqueId()}`);
    const descriptor = orSpillError(() => openSync(path, 'wx+', 0o600));
    this.#descriptor = descriptor;
    try {
      unlinkSync(path);
    } catch {
      // Windows keeps the name of an open file; it goes at the latest when this process ends.
      process.once('exit', () => {
        if (this.#owners > 0) closeSync(descriptor);
        unlinkSync(path);
      });
    }
  }

  /** A file to append to; {@link release} it once. @throws {@link SpillError} when none can be made */
  static acquire(): SharedFile {
    const current = SharedFile.#current;
    const file = current?.hasRoom === true ? current : new SharedFile();
    SharedFile.#current = file;
    file.#owners++;
    file.#everOwned++;
    return file;
  }

  private get hasRoom(): boolean {
    return this.#everOwned < MOST_OWNERS && this.#end < LARGEST;
  }

  /**
   * @returns where the chunk begins
   * @throws {@link SpillError} when the disk is full
   */
  append(chunk: Buffer): number {
    const from = this.#end;
    for (let written = 0; written < chunk.length;) {
      const { length } = chunk;
      const at = from + written;
      written += orSpillError(() =>
        writeSync(this.#descriptor, chunk, written, length - written, at),
      );
    }
    this.#end += chunk.length;
    return from;
  }

  /** Fills a part of a buffer from a position on. @returns the bytes that were there */
  read(buffer: Buffer, offset: number, length: number, position: number): number {
    for (let done = 0; done < length;) {
      const count = readSync(
        this.#descriptor,
        buffer,
        offset + done,
        length - done,
        position + done,
      );
      if (count === 0) return done;
      done += count;
    }
    return length;
  }

  release(): void {
    this.#owners--;
    if (this.#owners > 0) return;
    if (SharedFile.#current === this) SharedFile.#current = undefined;
    closeSync(this.#descriptor);
  }
}

function orSpillError(call: () => number): number {
  try {
    return call();
  } catch (cause) {
    throw new SpillError(cause);
  }
}
