import { Readable, Writable } from 'node:stream';
import { SpillFile } from '@proc/core/internal';

/** Bytes that are kept in memory; more than that go to a temporary file. */
const MEMORY_LIMIT = 1024 * 1024;
const STEP = 64 * 1024;

/** Bytes that are written once and can be read any number of times, without ever being in the heap as a whole. */
export class Spool {
  readonly #memoryLimit: number;
  #chunks: Buffer[] = [];
  #inMemory = 0;
  #file: SpillFile | undefined;

  constructor(memoryLimit = MEMORY_LIMIT) {
    this.#memoryLimit = memoryLimit;
  }

  /** Number of bytes written. */
  get size(): number {
    return this.#file?.size ?? this.#inMemory;
  }

  append(chunk: Buffer): void {
    if (this.#file === undefined && this.#inMemory + chunk.length <= this.#memoryLimit) {
      this.#chunks.push(chunk);
      this.#inMemory += chunk.length;
      return;
    }
    this.#file ??= this.#spill();
    this.#file.append(chunk);
  }

  /** The bytes from one position up to another, as far as there are any. */
  read(from: number, to: number): Buffer {
    return this.#file === undefined ? this.#memory().subarray(from, to) : this.#file.read(from, to);
  }

  /** @throws {RangeError} when they are more than a buffer can hold */
  bytes(): Buffer {
    return this.read(0, this.size);
  }

  /** A stream of what has been written up to now. */
  stream(): Readable {
    return Readable.from(this.#steps(this.size), { objectMode: false, highWaterMark: STEP });
  }

  /** A stream that appends to it. */
  writable(): Writable {
    return new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        try {
          this.append(chunk);
          done();
        } catch (error) {
          done(error as Error);
        }
      },
    });
  }

  /** Forgets everything. */
  clear(): void {
    this.#chunks = [];
    this.#inMemory = 0;
    this.#file?.close();
    this.#file = undefined;
  }

  *#steps(end: number): Generator<Buffer> {
    for (let position = 0; position < end; position += STEP) {
      yield this.read(position, Math.min(position + STEP, end));
    }
  }

  /** Joined at the first reading, so that many small chunks are not searched again and again. */
  #memory(): Buffer {
    if (this.#chunks.length !== 1) this.#chunks = [Buffer.concat(this.#chunks)];
    return this.#chunks[0] ?? Buffer.alloc(0);
  }

  #spill(): SpillFile {
    const file = new SpillFile();
    try {
      file.append(this.#memory());
    } catch (error) {
      file.close();
      throw error;
    }
    this.#chunks = [];
    this.#inMemory = 0;
    return file;
  }
}
